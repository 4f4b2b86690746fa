import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

export interface RudeServer {
  /** e.g. `http://127.0.0.1:41234`; put a path behind it. */
  readonly origin: string
  readonly port: number
  /** What was asked for, in order. */
  readonly requests: { path: string; range: string | null; headers: IncomingMessage['headers'] }[]
  close(): Promise<void>
}

export type Answer = (request: IncomingMessage, response: ServerResponse, nth: number) => unknown

/** An HTTP server on this machine that answers as a test says; `nth` counts the requests from 0. */
export async function openRudeServer(answer: Answer): Promise<RudeServer> {
  const requests: RudeServer['requests'] = []
  const server = createServer((request, response) => {
    // Clients of tests go away in the middle, which is no news.
    request.on('error', () => undefined)
    response.on('error', () => undefined)
    const { headers, url = '/' } = request
    requests.push({ path: url, range: headers.range ?? null, headers })
    void answer(request, response, requests.length - 1)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return { origin: `http://127.0.0.1:${port}`, port, requests, close: () => closeServer(server) }
}

async function closeServer(server: Server): Promise<void> {
  server.closeAllConnections()
  await new Promise<void>((resolve) => server.close(() => resolve()))
}

interface FileOptions {
  etag?: string
  lastModified?: string
  headers?: Record<string, string>
  /** Cuts the connection after so many bytes of this answer's body. */
  cutAfter?: number | undefined
}

/** Answers as a good file server does, with Range and If-Range; with `cutAfter` the connection breaks in the middle. */
export function serveFile(
  request: IncomingMessage,
  response: ServerResponse,
  { content, etag, lastModified, headers = {}, cutAfter }: FileOptions & { content: Buffer },
): void {
  const validators = {
    ...(etag !== undefined && { etag }),
    ...(lastModified !== undefined && { 'last-modified': lastModified }),
  }
  if (etag !== undefined && request.headers['if-none-match'] === etag) {
    response.writeHead(304, validators).end()
    return
  }
  const from = rangeStart(request)
  const ifRange = request.headers['if-range']
  const isSame = ifRange === undefined || ifRange === etag || ifRange === lastModified
  const goesOn = from !== null && isSame
  if (goesOn && from >= content.length) {
    response.writeHead(416, { ...validators, 'content-range': `bytes */${content.length}` }).end()
    return
  }
  const body = goesOn ? content.subarray(from) : content
  response.writeHead(goesOn ? 206 : 200, {
    'content-type': 'audio/mpeg',
    'accept-ranges': 'bytes',
    ...validators,
    'content-length': String(body.length),
    ...(goesOn && { 'content-range': `bytes ${from}-${content.length - 1}/${content.length}` }),
    ...headers,
  })
  if (cutAfter === undefined || cutAfter >= body.length) response.end(body)
  else response.write(body.subarray(0, cutAfter), () => response.socket?.end())
}

/** The first byte asked for; null without a range. */
export function rangeStart({ headers }: IncomingMessage): number | null {
  const start = /^bytes=(\d+)-$/.exec(headers.range ?? '')?.[1]
  return start === undefined ? null : Number(start)
}
