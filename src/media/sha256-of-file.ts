import { createHash } from 'node:crypto'
import { open } from 'node:fs/promises'

export interface HashOptions {
  signal?: AbortSignal | undefined
  /** Share done, 0 to 1. */
  onProgress?: ((fraction: number) => void) | undefined
}

/** Large enough that the disk, not the number of calls, sets the pace. */
const CHUNK_BYTES = 1024 * 1024

/**
 * SHA-256 of a file's content as 64 hexadecimal digits. Read in pieces into one buffer: a stream makes a new one for each
 * piece, which doubled our memory for a large file and took twice as long.
 * @throws the signal's reason when cancelled, or the file system's error
 */
export async function sha256OfFile(path: string, { signal, onProgress }: HashOptions = {}): Promise<string> {
  signal?.throwIfAborted()
  await using file = await open(path)
  const { size } = await file.stat()
  const hash = createHash('sha256')
  const buffer = Buffer.allocUnsafe(CHUNK_BYTES)
  let done = 0
  for (;;) {
    const { bytesRead } = await file.read(buffer, 0, CHUNK_BYTES, null)
    signal?.throwIfAborted()
    if (bytesRead === 0) return hash.digest('hex')
    hash.update(buffer.subarray(0, bytesRead))
    done += bytesRead
    onProgress?.(size > 0 ? Math.min(1, done / size) : 1)
  }
}
