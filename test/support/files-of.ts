import { createHash } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import { join, relative } from 'node:path'

/** SHA-256 of every file below a folder by its path in it, hidden ones too; empty when there is no such folder. */
export async function hashesOf(folder: string): Promise<Record<string, string>> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => [])
  const files = entries.filter((entry) => entry.isFile()).map(({ parentPath, name }) => join(parentPath, name))
  const hashes: [string, string][] = []
  for (const file of files.sort()) {
    hashes.push([
      relative(folder, file),
      createHash('sha256')
        .update(await readFile(file))
        .digest('hex'),
    ])
  }
  return Object.fromEntries(hashes)
}

/** Every name below a folder, folders too, sorted; empty when there is no such folder. */
export async function namesIn(folder: string): Promise<string[]> {
  const names: string[] = await readdir(folder, { recursive: true }).catch(() => [])
  return names.sort()
}
