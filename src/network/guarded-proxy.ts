import { randomBytes, timingSafeEqual } from 'node:crypto'
import { createServer, request as httpRequest, type IncomingMessage, type ServerResponse } from 'node:http'
import { type AddressInfo, connect, type Socket } from 'node:net'
import type { Duplex } from 'node:stream'
import { hostOf, type NetworkGuard } from './network-guard.ts'

/** A way to the internet for programs that are not ours: what the guard forbids, they don't reach. */
export interface GuardedProxy extends AsyncDisposable {
  /** With a password, so that nobody else on this machine goes through it. Secret: hand it over by environment, not by argument. */
  readonly url: string
}

/** Unpredictable: whoever guesses it could only reach what is public anyway. */
const passwordBytes = 18

/** Opens an HTTP proxy (RFC 9110 9.3.6 CONNECT, RFC 9112 3.2.2 absolute form) on a port of this machine. */
export async function openGuardedProxy(guard: NetworkGuard): Promise<GuardedProxy> {
  const password = randomBytes(passwordBytes).toString('hex')
  const sockets = new Set<Duplex>()
  const server = createServer((request, response) => forward({ request, response, guard, password }))
  server.on('connect', (request, client: Socket, head: Buffer) =>
    tunnel({ request, client, head, guard, password, sockets }),
  )
  server.on('connection', (socket) => keep(sockets, socket))
  await new Promise<void>((resolve, reject) => server.once('error', reject).listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return {
    url: `http://clipwright:${password}@127.0.0.1:${port}`,
    async [Symbol.asyncDispose]() {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()))
      for (const socket of sockets) socket.destroy()
      await closed
    },
  }
}

function keep(sockets: Set<Duplex>, socket: Duplex): void {
  sockets.add(socket)
  socket.once('close', () => sockets.delete(socket))
}

interface Tunnelling {
  request: IncomingMessage
  client: Socket
  head: Buffer
  guard: NetworkGuard
  password: string
  sockets: Set<Duplex>
}

function tunnel({ request, client, head, guard, password, sockets }: Tunnelling): void {
  client.on('error', () => client.destroy())
  const refuse = (status: string) => client.end(`HTTP/1.1 ${status}\r\nconnection: close\r\n\r\n`)
  if (!mayPass(request, password)) return void refuse('407 Proxy Authentication Required')
  const url = parseTarget(`https://${request.url ?? ''}`)
  if (url === null || !isAllowed(guard, url)) return void refuse('403 Forbidden')
  const upstream = connect({ host: hostOf(url), port: Number(url.port || 443), lookup: guard.lookup })
  keep(sockets, upstream)
  upstream.once('error', () => refuse('502 Bad Gateway'))
  upstream.once('connect', () => {
    if (!isReached(guard, { host: hostOf(url), socket: upstream })) {
      upstream.destroy()
      return void refuse('403 Forbidden')
    }
    client.write('HTTP/1.1 200 Connection Established\r\n\r\n')
    upstream.write(head)
    upstream.pipe(client).pipe(upstream)
  })
  client.once('close', () => upstream.destroy())
  upstream.once('close', () => client.destroy())
}

interface Forwarding {
  request: IncomingMessage
  response: ServerResponse
  guard: NetworkGuard
  password: string
}

function forward({ request, response, guard, password }: Forwarding): void {
  const refuse = (status: number) => void (response.headersSent ? response.destroy() : response.writeHead(status).end())
  if (!mayPass(request, password)) return refuse(407)
  const url = parseTarget(request.url ?? '')
  if (url === null || url.protocol !== 'http:' || !isAllowed(guard, url)) return refuse(403)
  const { 'proxy-authorization': _password, 'proxy-connection': _connection, ...headers } = request.headers
  const onward = httpRequest(url, { method: request.method, headers, lookup: guard.lookup, agent: false })
  onward.once('error', () => refuse(502))
  onward.once('response', (answer) => {
    if (!isReached(guard, { host: hostOf(url), socket: answer.socket })) {
      answer.destroy()
      return refuse(403)
    }
    response.writeHead(answer.statusCode ?? 502, answer.headers)
    answer.once('error', () => response.destroy())
    answer.pipe(response)
  })
  response.once('close', () => onward.destroy())
  request.pipe(onward)
}

function mayPass({ headers }: IncomingMessage, password: string): boolean {
  const given = Buffer.from(headers['proxy-authorization']?.replace(/^Basic /i, '') ?? '')
  const wanted = Buffer.from(Buffer.from(`clipwright:${password}`).toString('base64'))
  return given.length === wanted.length && timingSafeEqual(given, wanted)
}

function parseTarget(target: string): URL | null {
  return URL.canParse(target) ? new URL(target) : null
}

function isAllowed(guard: NetworkGuard, url: URL): boolean {
  try {
    guard.checkUrl(url)
    return true
  } catch {
    return false
  }
}

function isReached(guard: NetworkGuard, { host, socket }: { host: string; socket: Socket }): boolean {
  try {
    guard.checkAddress(host, socket.remoteAddress)
    return true
  } catch {
    return false
  }
}
