import { limitedFetch } from '../../language-models/limited-fetch.ts'
import type { WindowRequest } from './window-request.ts'

/** The service did not take it; has the fields that tell what that means (`callFailureOf`). */
export class HttpRefusal extends Error {
  override readonly name = 'HttpRefusal'
  readonly statusCode: number
  readonly responseHeaders: Record<string, string>
  readonly responseBody: string
  constructor(response: { status: number; headers: Headers }, body: string) {
    super(saidIn(body))
    this.statusCode = response.status
    this.responseHeaders = Object.fromEntries(response.headers)
    this.responseBody = body
  }
}

/** A word takes a hundred bytes or so with all that is said about it: five minutes are 150 kB. */
const mostBytes = 1_000_000

/**
 * Sends one window and answers with the text that came back.
 * @throws HttpRefusal | AnswerTooLong, or what `fetch` throws
 */
export async function sendWindow({ url, headers, body }: WindowRequest, signal: AbortSignal): Promise<string> {
  const response = await limitedFetch(mostBytes)(url, { method: 'POST', headers, body, signal })
  const text = await response.text()
  if (!response.ok) throw new HttpRefusal(response, text)
  return text
}

/** An error is a sentence; a page of a proxy may be anything. */
const mostRead = 5000

/** The sentence in an error's JSON, however it is wrapped; else the beginning of whatever it is. */
function saidIn(whole: string): string {
  const body = whole.slice(0, mostRead)
  try {
    const { error, message, detail } = JSON.parse(body) as Record<string, unknown>
    const inner = typeof error === 'object' && error !== null && 'message' in error ? error.message : error
    const said = [inner, message, detail].find((one) => typeof one === 'string' && one !== '')
    if (typeof said === 'string') return said
  } catch {
    // Not JSON: a proxy speaks, or a page was served.
  }
  return body
    .replaceAll(/<[^>]{0,200}>/g, ' ')
    .replaceAll(/\s+/g, ' ')
    .trim()
    .slice(0, 200)
}
