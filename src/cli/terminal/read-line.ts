import type { Readable } from 'node:stream'

// A password has at most 200 letters; whatever is longer is something else.
const most = 10_000

/** The first line of a stream, without its end; empty when there is none. */
export async function readLine(stream: Readable): Promise<string> {
  let text = ''
  stream.setEncoding('utf8')
  for await (const chunk of stream) {
    text += String(chunk)
    if (text.includes('\n') || text.length > most) break
  }
  return (text.split('\n')[0] ?? '').replace(/\r$/, '')
}
