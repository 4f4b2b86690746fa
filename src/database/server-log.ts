import { closeSync, fstatSync, openSync, readSync } from 'node:fs'
import { copyFile, stat, truncate } from 'node:fs/promises'

/** The server says little (errors only), so this is months; a file over it is kept once as `server.log.1`. */
const LONGEST_LOG_BYTES = 4 * 1024 * 1024
/** Enough for the reason of a failed start, little enough for a terminal. */
const TAIL_BYTES = 4096

/**
 * Keeps the log from growing for ever. A running server appends (O_APPEND), so its file may be emptied under it; it
 * can't be renamed, because the server would go on writing to the old one.
 */
export async function rotateServerLog(log: string, longestBytes = LONGEST_LOG_BYTES): Promise<void> {
  const found = await stat(log).catch(() => undefined)
  if (!found || found.size <= longestBytes) return
  await copyFile(log, `${log}.1`)
  await truncate(log)
}

/** The last lines of the log from `since` (bytes) on, at most 4 kB; empty when there is no log. */
export function logTail(log: string, since = 0): string {
  let file: number
  try {
    file = openSync(log, 'r')
  } catch {
    return ''
  }
  try {
    const { size } = fstatSync(file)
    const start = Math.max(since > size ? 0 : since, size - TAIL_BYTES)
    const buffer = Buffer.alloc(size - start)
    return buffer.toString('utf8', 0, readSync(file, buffer, 0, buffer.length, start)).trim()
  } finally {
    closeSync(file)
  }
}
