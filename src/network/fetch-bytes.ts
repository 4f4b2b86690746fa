import { asBodyError } from './as-network-error.ts'
import { decodeBody } from './decode-body.ts'
import { DownloadTooLarge, ServerBusy, ServerRefused } from './network-errors.ts'
import { retryAfterSeconds } from './retry-after.ts'
import type { WebAnswer, WebClient } from './web-client.ts'

interface FetchBytes {
  client: WebClient
  mostBytes: number
  signal: AbortSignal
}

/** A small file in memory, unpacked. @throws DownloadTooLarge | ServerRefused | ServerBusy, and what `client.get` throws */
export async function fetchBytes(
  link: string | URL,
  { client, mostBytes, signal }: FetchBytes,
): Promise<{ bytes: Buffer; answer: WebAnswer }> {
  const answer = await client.get(link, { signal })
  const { status, headers, url, body } = answer
  try {
    if (status === 429 || status >= 500) {
      throw new ServerBusy(url, { status, waitSeconds: retryAfterSeconds(headers['retry-after'], new Date()) })
    }
    if (status !== 200) throw new ServerRefused(url, status)
    const chunks: Buffer[] = []
    let size = 0
    for await (const chunk of decodeBody(body, { encoding: headers['content-encoding'], url })) {
      signal.throwIfAborted()
      size += chunk.byteLength
      if (size > mostBytes) throw new DownloadTooLarge(url, { bytes: null, most: mostBytes })
      chunks.push(chunk)
    }
    return { bytes: Buffer.concat(chunks), answer }
  } catch (error) {
    throw signal.aborted ? signal.reason : asBodyError(error, url)
  } finally {
    body.destroy()
  }
}
