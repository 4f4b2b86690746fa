import { parseContentRange } from './content-range.ts'
import { isPacked } from './decode-body.ts'
import { ServerBusy, ServerNonsense, ServerRefused } from './network-errors.ts'
import type { PartialState } from './partial-file.ts'
import { retryAfterSeconds } from './retry-after.ts'
import type { WebAnswer } from './web-client.ts'

/** What of a file has come, and what it is of; null when nothing has. */
export type Begun = { bytes: number; state: PartialState } | null

/** Says that what has come is the beginning of something else. */
export class BeginAnew extends Error {}

/** Where the body's first byte belongs when it goes on from what we have; null when it is the file from its beginning. */
export function placeOf(answer: WebAnswer, { begun, url }: { begun: Begun; url: URL }): number | null {
  const { status, headers } = answer
  if (status === 200) return null
  if (status === 429 || status === 503 || status === 408 || status === 425 || (status >= 500 && status !== 501)) {
    throw new ServerBusy(answer.url, { status, waitSeconds: retryAfterSeconds(headers['retry-after'], new Date()) })
  }
  if (status !== 206 && status !== 416) throw new ServerRefused(answer.url, status)
  if (begun === null)
    throw new ServerNonsense(url, { problem: `answers with ${status} although the whole file was asked for` })
  if (status === 416) throw new BeginAnew('the server has no bytes after those we have')
  const range = parseContentRange(headers['content-range'])
  const isSame =
    range?.span?.first === begun.bytes &&
    (range.total === null || begun.state.totalBytes === null || range.total === begun.state.totalBytes) &&
    (headers['etag'] === undefined || begun.state.etag === null || headers['etag'] === begun.state.etag) &&
    !isPacked(headers['content-encoding'])
  if (!isSame) throw new BeginAnew('the server goes on with another file, or at another place')
  return begun.bytes
}

/** What If-Range may name: only what says that not one byte differs. Null when the server gave nothing of the kind. */
export function validatorOf({ etag, lastModified }: PartialState): string | null {
  if (etag !== null && !etag.startsWith('W/')) return etag
  return lastModified
}

export function stateOf({ headers }: WebAnswer, link: string): PartialState {
  const packed = isPacked(headers['content-encoding'])
  const length = Number(headers['content-length'] ?? Number.NaN)
  return {
    version: 1,
    link,
    // A packed answer can't be continued: its positions are not those of the file.
    etag: packed ? null : (headers['etag'] ?? null),
    lastModified: packed ? null : (headers['last-modified'] ?? null),
    totalBytes: packed || !Number.isSafeInteger(length) ? null : length,
  }
}
