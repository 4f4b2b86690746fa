import { statfs } from 'node:fs/promises'
import { NoSpace } from '../domain/no-space.ts'

/** Bytes this user may still write in a folder; Infinity where the file system does not say. */
export type FreeSpace = (folder: string) => Promise<number>

/** Left to everyone else: a disk that is full to the last byte stops the database, and much else. */
export const spareBytes = 200_000_000

export const freeSpace: FreeSpace = async (folder) => {
  const { bavail, bsize } = await statfs(folder)
  return bavail * bsize
}

/** @throws NoSpace when fewer bytes are free than are needed */
export async function needSpace(
  folder: string,
  { bytes, free = freeSpace }: { bytes: number; free?: FreeSpace },
): Promise<void> {
  if ((await free(folder)) < bytes + spareBytes) throw new NoSpace({ folder })
}
