import { execFileSync } from 'node:child_process'
import { mkdirSync } from 'node:fs'

export interface TinyDisk {
  readonly path: string
  resize(kilobytes: number): void
  close(): void
}

/** A disk in memory with this much room; null where nobody lets us mount one. */
export function mountTinyDisk(
  path: string,
  { kilobytes, readOnly = false }: { kilobytes: number; readOnly?: boolean },
): TinyDisk | null {
  if (process.platform !== 'linux' || process.getuid?.() !== 0) return null
  mkdirSync(path)
  const mount = (options: string) => {
    execFileSync('mount', ['-t', 'tmpfs', '-o', options, 'tmpfs', path], { stdio: 'pipe' })
  }
  try {
    mount(`size=${kilobytes}k${readOnly ? ',ro' : ''}`)
  } catch {
    return null
  }
  return {
    path,
    resize: (room) => mount(`remount,size=${room}k`),
    close: () => {
      execFileSync('umount', ['-l', path])
    },
  }
}
