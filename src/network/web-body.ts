import type { Readable } from 'node:stream'

/** The bytes of an answer, to be read once, piece by piece. */
export interface WebBody extends AsyncIterable<Buffer> {
  /** Drops the connection; nothing more comes. */
  destroy(): void
}

/** Waiting in memory; more makes the sender wait. */
const mostWaitingBytes = 1_000_000

/**
 * A body that gives out every byte that came, also those that came just before the connection broke: a stream of Node's
 * throws them away, and over a bad line nothing would ever be gained. Listens from the first moment on.
 * @throws from the iteration what the stream ended with, after the last byte
 */
export function webBody(stream: Readable): WebBody {
  const waiting: Buffer[] = []
  let waitingBytes = 0
  let end: { error: Error | null } | null = null
  let wake = Promise.withResolvers<void>()
  const finish = (error: Error | null) => {
    end ??= { error }
    wake.resolve()
  }
  stream
    .on('data', (chunk: Buffer) => {
      waiting.push(chunk)
      waitingBytes += chunk.byteLength
      if (waitingBytes >= mostWaitingBytes) stream.pause()
      wake.resolve()
    })
    .once('end', () => finish(null))
    .on('error', finish)
    .once('close', () => finish(null))
  return {
    async *[Symbol.asyncIterator]() {
      for (;;) {
        if (waiting.length > 0) {
          // All that came meanwhile in one go: whoever writes it down is asked a tenth as often.
          const [only] = waiting
          const chunk = waiting.length === 1 && only !== undefined ? only : Buffer.concat(waiting)
          waiting.length = 0
          waitingBytes = 0
          if (stream.isPaused()) stream.resume()
          yield chunk
        } else if (end !== null) {
          if (end.error !== null) throw end.error
          return
        } else {
          await wake.promise
          wake = Promise.withResolvers()
        }
      }
    },
    destroy() {
      stream.destroy()
    },
  }
}
