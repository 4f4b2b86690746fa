import { readdir, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { StorageFull } from './downloader-errors.ts'
import { hold } from './hold-download.ts'

/** Beginnings of downloads that nobody went on with for so long are taken away when room is needed, or at the next download. */
const forgottenAfterMs = 3 * 24 * 3600 * 1000

interface QuotaOptions {
  /** The folder of all downloads. */
  folder: string
  /** Another folder that shares the room: that of uploads. */
  besides?: string
  mostBytes: number
}

/** Sees to it that all downloads stay within their room, together with what shares it. */
export interface StorageQuota {
  /** @throws StorageFull when so many more bytes would be too many */
  makeRoom(bytes: number): Promise<void>
  /** Takes away what broken downloads left and nobody went on with. */
  removeForgotten(now: Date): Promise<void>
}

export function createStorageQuota({ folder, besides, mostBytes }: QuotaOptions): StorageQuota {
  return {
    async makeRoom(bytes) {
      const used = (await sizeOf(folder)) + (besides === undefined ? 0 : await sizeOf(besides))
      if (used + bytes > mostBytes) throw new StorageFull({ folder, used, most: mostBytes, bytes })
    },
    async removeForgotten(now) {
      for (const name of await readdir(folder).catch(() => [])) {
        const one = join(folder, name)
        if (await isForgotten(one, now)) await removeUnlessHeld(one)
      }
    },
  }
}

/** Without a record it is not whole. */
async function isForgotten(folder: string, now: Date): Promise<boolean> {
  const names = await readdir(folder).catch(() => null)
  if (names === null || names.includes('download.json')) return false
  const times = await Promise.all([folder, ...names.map((name) => join(folder, name))].map(changedAt))
  return now.getTime() - Math.max(...times) > forgottenAfterMs
}

async function removeUnlessHeld(folder: string): Promise<void> {
  const held = await hold(folder)
  if ('holder' in held) return
  await rm(folder, { recursive: true, force: true })
}

async function changedAt(path: string): Promise<number> {
  return (await stat(path).catch(() => null))?.mtimeMs ?? 0
}

/** Bytes of all files in a folder and below. What goes away meanwhile counts nothing. */
async function sizeOf(folder: string): Promise<number> {
  const entries = await readdir(folder, { withFileTypes: true, recursive: true }).catch(() => [])
  const sizes = await Promise.all(
    entries
      .filter((entry) => entry.isFile())
      .map(async (entry) => (await stat(join(entry.parentPath, entry.name)).catch(() => null))?.size ?? 0),
  )
  return sizes.reduce((sum, size) => sum + size, 0)
}
