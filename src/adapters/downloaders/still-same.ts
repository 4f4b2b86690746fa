import type { WebAnswer, WebClient } from '../../network/web-client.ts'
import type { DownloadRecord } from './download-record.ts'

/**
 * Whether the server still has the file we have: by its own word (304), its entity tag, its date and length, or, when it
 * says nothing else, its length alone. @throws what `client.get` throws
 */
export async function stillSame(
  url: string,
  { record, client, signal }: { record: DownloadRecord; client: WebClient; signal: AbortSignal },
): Promise<boolean> {
  const { etag, lastModified } = record
  const headers = {
    ...(etag !== null && { 'if-none-match': etag }),
    ...(lastModified !== null && { 'if-modified-since': lastModified }),
  }
  const answer = await client.get(url, { headers, signal })
  answer.body.destroy()
  return isSame(answer, record)
}

function isSame(
  { status, headers }: Pick<WebAnswer, 'status' | 'headers'>,
  { etag, lastModified, bytes }: DownloadRecord,
): boolean {
  if (status === 304) return true
  if (status !== 200) return false
  if (etag !== null && headers['etag'] !== undefined) return headers['etag'] === etag
  if (Number(headers['content-length'] ?? Number.NaN) !== bytes) return false
  return lastModified === null || headers['last-modified'] === undefined || headers['last-modified'] === lastModified
}
