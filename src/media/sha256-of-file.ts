import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { stat } from 'node:fs/promises'

export interface HashOptions {
  signal?: AbortSignal | undefined
  /** Share done, 0 to 1. */
  onProgress?: ((fraction: number) => void) | undefined
}

/** Large enough that the disk, not the number of calls, sets the pace; memory stays at a few of these. */
const CHUNK_BYTES = 1024 * 1024

/**
 * SHA-256 of a file's content as 64 hexadecimal digits, read in pieces.
 * @throws the signal's reason when cancelled, or the file system's error
 */
export async function sha256OfFile(path: string, { signal, onProgress }: HashOptions = {}): Promise<string> {
  signal?.throwIfAborted()
  const { size } = await stat(path)
  const hash = createHash('sha256')
  let done = 0
  for await (const chunk of createReadStream(path, { highWaterMark: CHUNK_BYTES })) {
    signal?.throwIfAborted()
    const bytes = chunk as Buffer
    hash.update(bytes)
    done += bytes.length
    onProgress?.(size > 0 ? Math.min(1, done / size) : 1)
  }
  return hash.digest('hex')
}
