import { Agent, buildConnector, type Dispatcher } from 'undici'
import { asNetworkError } from './as-network-error.ts'
import { LinkUnusable, ServerNonsense, TooManyRedirects } from './network-errors.ts'
import { hostOf, type NetworkGuard } from './network-guard.ts'
import { type WebBody, webBody } from './web-body.ts'

export interface WebLimits {
  /** Until the connection stands, TLS included. */
  connectSeconds: number
  /** From the request to the head of the answer. */
  firstByteSeconds: number
  /** Between two pieces of the body. */
  idleSeconds: number
  mostRedirects: number
  /** Of the head of an answer. */
  mostHeaderBytes: number
}

export const usualWebLimits: WebLimits = {
  connectSeconds: 15,
  firstByteSeconds: 30,
  idleSeconds: 60,
  // Podcast links pass three or four counting services; browsers give up at 20.
  mostRedirects: 10,
  mostHeaderBytes: 32 * 1024,
}

export interface WebAnswer {
  status: number
  /** Names in lower case; of several with one name, the first. */
  headers: Readonly<Record<string, string>>
  /** Where it came from in the end, after redirects. */
  url: URL
  /** As it came over the line: nothing is unpacked. Read it to its end or destroy it. */
  body: WebBody
  /** What a person should know about the way there, in sentences. */
  notes: string[]
}

/** Fetches from the open internet, and from nowhere else. */
export interface WebClient {
  /**
   * Asks for a link and follows where it leads; whatever the status of the last answer is, it is returned.
   * @throws LinkUnusable | AddressForbidden | ServerUnreachable | ServerNonsense | TooManyRedirects
   * @throws the signal's reason when aborted
   */
  get(link: string | URL, options: { headers?: Record<string, string>; signal: AbortSignal }): Promise<WebAnswer>
  /** Drops every connection. */
  close(): Promise<void>
}

/** Public servers refuse requests that do not say what they are. */
const userAgent = 'Clipwright/0.1'

export function openWebClient({
  guard,
  limits = usualWebLimits,
}: {
  guard: NetworkGuard
  limits?: WebLimits
}): WebClient {
  const agent = new Agent({
    connect: guardedConnector(guard, limits),
    headersTimeout: limits.firstByteSeconds * 1000,
    bodyTimeout: limits.idleSeconds * 1000,
    maxHeaderSize: limits.mostHeaderBytes,
    // A connection that is kept is one that was judged; it is of no use to us for long.
    keepAliveTimeout: 1000,
  })
  return {
    get: (link, options) => follow({ agent, guard, limits }, link, options),
    close: () => agent.destroy(),
  }
}

/** Judges an address twice: before it is connected to, by the look-up itself, and the one the socket really has. */
function guardedConnector(guard: NetworkGuard, limits: WebLimits): buildConnector.connector {
  const connect = buildConnector({ lookup: guard.lookup, timeout: limits.connectSeconds * 1000 })
  return (options, callback) => {
    connect(options, (...[error, socket]) => {
      if (error !== null) return callback(error, null)
      try {
        guard.checkAddress(options.hostname, socket.remoteAddress)
      } catch (refused) {
        socket.destroy()
        return callback(refused as Error, null)
      }
      callback(null, socket)
    })
  }
}

interface Following {
  agent: Agent
  guard: NetworkGuard
  limits: WebLimits
}

async function follow(
  { agent, guard, limits }: Following,
  link: string | URL,
  { headers = {}, signal }: { headers?: Record<string, string>; signal: AbortSignal },
): Promise<WebAnswer> {
  const first = readLink(link)
  let url = first
  const notes: string[] = []
  for (let redirects = 0; redirects <= limits.mostRedirects; redirects++) {
    guard.checkUrl(url)
    const answer = await ask(agent, url, { headers: { ...headers, ...loginFor(url, first) }, signal })
    const next = redirectOf(answer, url)
    if (next === null) return { ...answer, url, notes }
    // Its body is of no interest, and may be endless.
    answer.body.destroy()
    if (url.protocol === 'https:' && next.protocol === 'http:') {
      notes.push(`The link led from ${url.host} on to ${next.host} without encryption (https to http).`)
    }
    url = next
  }
  throw new TooManyRedirects(url, limits.mostRedirects)
}

async function ask(
  agent: Agent,
  url: URL,
  { headers, signal }: { headers: Record<string, string>; signal: AbortSignal },
): Promise<{ status: number; headers: Record<string, string>; body: WebBody }> {
  signal.throwIfAborted()
  try {
    const {
      statusCode,
      headers: raw,
      body,
    } = await agent.request({
      origin: url.origin,
      path: `${url.pathname}${url.search}`,
      method: 'GET',
      // Bytes are counted and continued by position: they must be those of the file, not of a packed copy.
      headers: { 'user-agent': userAgent, accept: '*/*', 'accept-encoding': 'identity', ...headers },
      signal,
    })
    return { status: statusCode, headers: firstOfEach(raw), body: webBody(body) }
  } catch (error) {
    throw signal.aborted ? signal.reason : asNetworkError(error, url)
  }
}

function firstOfEach(raw: Dispatcher.ResponseData['headers']): Record<string, string> {
  return Object.fromEntries(
    Object.entries(raw).flatMap(([name, value]) => {
      const first = Array.isArray(value) ? value[0] : value
      return first === undefined ? [] : [[name.toLowerCase(), first]]
    }),
  )
}

const redirects = new Set([301, 302, 303, 307, 308])

function redirectOf({ status, headers }: { status: number; headers: Record<string, string> }, from: URL): URL | null {
  if (!redirects.has(status)) return null
  const { location } = headers
  if (location === undefined) throw new ServerNonsense(from, { problem: 'leads on without saying where to' })
  if (!URL.canParse(location, from.href))
    throw new ServerNonsense(from, { problem: 'leads on to an address that makes no sense' })
  return new URL(location, from)
}

/** What was given in the link goes to the server it names, and to no other one. */
function loginFor(url: URL, first: URL): Record<string, string> {
  if (first.username === '' || url.origin !== first.origin) return {}
  const login = [first.username, first.password].map(decodePart).join(':')
  return { authorization: `Basic ${Buffer.from(login).toString('base64')}` }
}

function decodePart(part: string): string {
  try {
    return decodeURIComponent(part)
  } catch {
    return part
  }
}

/** @throws LinkUnusable */
export function readLink(link: string | URL): URL {
  if (!URL.canParse(String(link))) throw new LinkUnusable(link, 'can not be fetched')
  const url = new URL(link)
  if (hostOf(url) === '') throw new LinkUnusable(url, 'names no server')
  return url
}
