import type { Hash } from 'node:crypto'
import { asBodyError } from './as-network-error.ts'
import { decodeBody } from './decode-body.ts'
import type { DownloadLimits } from './download-limits.ts'
import { DownloadInterrupted, DownloadTooLarge } from './network-errors.ts'
import type { PartialFile } from './partial-file.ts'
import type { Speedometer } from './speedometer.ts'
import type { WebAnswer } from './web-client.ts'

interface Receiving {
  to: PartialFile
  /** Place in the file of the body's first byte. */
  from: number
  /** Gets every byte that is written. */
  hash: Hash
  meter: Speedometer
  limits: Pick<DownloadLimits, 'mostBytes' | 'leastBytesPerSecond' | 'patienceSeconds'>
  signal: AbortSignal
  inspect: ((head: Uint8Array, answer: WebAnswer) => void) | undefined
  /** Asked now and then, with the length of the file so far. */
  makeRoom: (at: number) => Promise<void>
  report: (receivedBytes: number) => void
}

/** Enough for every signature of a file, and for the first lines of a page. */
const headBytes = 1024
/** Between two looks at the disk and the quota: what others may write meanwhile is less than the spare. */
export const lookEveryBytes = 32_000_000
const reportEveryMs = 100

/**
 * Writes a body to its place in the file. Returns the length of the file then; the caller knows whether that is all.
 * @throws DownloadInterrupted | DownloadTooLarge | ServerNonsense, what `inspect` and `makeRoom` throw, the signal's reason
 */
export async function receiveBody(answer: WebAnswer, options: Receiving): Promise<number> {
  const { to, hash, meter, limits, signal, report } = options
  const body = decodeBody(answer.body, { encoding: answer.headers['content-encoding'], url: answer.url })
  const { inspect } = options
  const pieces = inspect === undefined ? body : withHead(body, (head) => inspect(head, answer))
  await using file = await to.open()
  const slow = slownessOf(limits)
  let at = options.from
  let lookAt = at + lookEveryBytes
  let reportedAt = 0
  let flushed = Promise.resolve()
  try {
    for await (const chunk of pieces) {
      signal.throwIfAborted()
      if (at + chunk.byteLength > limits.mostBytes)
        throw new DownloadTooLarge(answer.url, { bytes: null, most: limits.mostBytes })
      if (at >= lookAt) {
        await options.makeRoom(at)
        lookAt = at + lookEveryBytes
        // The disk gets it while more comes, so that the last flush is short. What goes wrong here goes wrong there, too.
        flushed = flushed.then(() => file.datasync()).catch(() => undefined)
      }
      const written = writeAll(file, chunk, at)
      hash.update(chunk)
      await written
      at += chunk.byteLength
      meter.add(chunk.byteLength)
      const now = performance.now()
      if (slow(now, meter.bytesPerSecond())) {
        throw new DownloadInterrupted(answer.url, {
          problem: `was slower than ${limits.leastBytesPerSecond} bytes a second for too long`,
        })
      }
      if (now - reportedAt >= reportEveryMs) {
        reportedAt = now
        report(at)
      }
    }
  } catch (error) {
    throw signal.aborted ? signal.reason : asBodyError(error, answer.url)
  } finally {
    await flushed
  }
  report(at)
  return at
}

/** The same pieces, the first of them once they hold enough to be looked at. */
async function* withHead(body: AsyncIterable<Buffer>, look: (head: Uint8Array) => void): AsyncGenerator<Buffer> {
  let head: Buffer | null = Buffer.alloc(0)
  for await (const chunk of body) {
    if (head === null) {
      yield chunk
      continue
    }
    head = Buffer.concat([head, chunk])
    if (head.byteLength < headBytes) continue
    look(head)
    yield head
    head = null
  }
  if (head === null) return
  look(head)
  if (head.byteLength > 0) yield head
}

async function writeAll(
  file: {
    write(data: Uint8Array, offset: number, length: number, position: number): Promise<{ bytesWritten: number }>
  },
  chunk: Uint8Array,
  position: number,
): Promise<void> {
  for (let done = 0; done < chunk.byteLength; ) {
    const { bytesWritten } = await file.write(chunk, done, chunk.byteLength - done, position + done)
    done += bytesWritten
  }
}

/** Whether it has been too slow for too long, at each time it is asked. */
function slownessOf({
  leastBytesPerSecond,
  patienceSeconds,
}: Receiving['limits']): (now: number, speed: number | null) => boolean {
  let since: number | null = null
  return (now, speed) => {
    if (speed === null || speed >= leastBytesPerSecond) {
      since = null
      return false
    }
    since ??= now
    return now - since > patienceSeconds * 1000
  }
}
