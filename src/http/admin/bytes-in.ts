import { lstat, readdir } from 'node:fs/promises'
import { join } from 'node:path'

/** Bytes of all files in a folder and those below; links are not followed. 0 for a folder that is not there. */
export async function bytesIn(folder: string): Promise<number> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => [])
  let bytes = 0
  for (const entry of entries.filter((each) => each.isFile())) {
    // It may be gone by now.
    bytes += (await lstat(join(entry.parentPath, entry.name)).catch(() => null))?.size ?? 0
  }
  return bytes
}
