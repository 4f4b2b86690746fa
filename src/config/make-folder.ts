import { existsSync, mkdirSync, statSync } from 'node:fs'
import { dirname, resolve } from 'node:path'

/**
 * Makes a folder with all its parents, and answers with the topmost one that had to be made; undefined when all were there.
 * Node's own `mkdir` with `recursive` never comes back from a place like /proc, where the parent is there and still says
 * that it is not (tried with Node 20 and 24).
 * @throws the file system's error
 */
export function makeFolder(path: string, { mode = 0o777 }: { mode?: number } = {}): string | undefined {
  const missing: string[] = []
  for (let folder = resolve(path); !existsSync(folder) && folder !== dirname(folder); folder = dirname(folder)) {
    missing.unshift(folder)
  }
  // What stands there may be a file, or something that can't be looked at: then this says so in the system's words.
  if (missing.length === 0) makeOne(resolve(path), mode)
  for (const folder of missing) makeOne(folder, mode)
  return missing[0]
}

function makeOne(folder: string, mode: number): void {
  try {
    mkdirSync(folder, { mode })
  } catch (error) {
    // Somebody else was quicker, or it was there from the start.
    if (!isFolder(folder)) throw error
  }
}

function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false
}
