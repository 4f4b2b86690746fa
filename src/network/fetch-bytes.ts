import { asBodyError } from './as-network-error.ts'
import { decodeBody } from './decode-body.ts'
import { DownloadTooLarge, ServerBusy, ServerRefused } from './network-errors.ts'
import { retryAfterSeconds } from './retry-after.ts'
import type { WebAnswer, WebClient } from './web-client.ts'

interface FetchBytes {
  client: WebClient
  mostBytes: number
  signal: AbortSignal
  /** Looks at the first bytes (1 kB, if there are so many) before more is read, and throws when it is not wanted. */
  inspect?: (head: Uint8Array, answer: WebAnswer) => void
}

const headBytes = 1024

/** A small file in memory, unpacked. @throws DownloadTooLarge | ServerRefused | ServerBusy, and what `client.get` throws */
export async function fetchBytes(
  link: string | URL,
  { client, mostBytes, signal, inspect }: FetchBytes,
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
    let isSeen = false
    const look = () => {
      isSeen = true
      inspect?.(Buffer.concat(chunks).subarray(0, headBytes), answer)
    }
    for await (const chunk of decodeBody(body, { encoding: headers['content-encoding'], url })) {
      signal.throwIfAborted()
      size += chunk.byteLength
      if (size > mostBytes) throw new DownloadTooLarge(url, { bytes: null, most: mostBytes })
      chunks.push(chunk)
      if (!isSeen && size >= headBytes) look()
    }
    if (!isSeen) look()
    return { bytes: Buffer.concat(chunks), answer }
  } catch (error) {
    throw signal.aborted ? signal.reason : asBodyError(error, url)
  } finally {
    body.destroy()
  }
}
