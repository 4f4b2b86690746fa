import { isIP } from 'node:net'
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Settings } from '../../config/settings.ts'
import { splitList } from '../../config/split-list.ts'
import { AppError } from '../../domain/app-error.ts'
import type { Door } from '../accounts/door.ts'
import { type App, type Role, roles } from '../app.ts'
import type { RateLimits } from './rate-limit.ts'

export class LoopbackOnly extends AppError {
  readonly code = 'LOOPBACK_ONLY'
  constructor() {
    super('Until there is an account, only this machine itself may ask.', {
      hint: 'Open http://127.0.0.1:4000 on the machine that runs Clipwright, or give `clipwright account add` there.',
    })
  }
}

export class SignInNeeded extends AppError {
  readonly code = 'SIGN_IN_NEEDED'
  constructor() {
    super('Nobody is signed in, or no longer.', { hint: 'Sign in at /sign-in, or send an API key that is valid.' })
  }
}

export class NotAllowed extends AppError {
  readonly code = 'NOT_ALLOWED'
  constructor({ needed, has }: { needed: Role; has: Role }) {
    super(`This takes the rights of an ${needed}; you have those of ${article(has)}.`, {
      hint: 'An owner can change the role of an account; a key has the scope it was made with.',
    })
  }
}

export class SessionNeeded extends AppError {
  readonly code = 'SESSION_NEEDED'
  constructor() {
    super('Only a person who is signed in may do this, not a key.', { hint: 'Sign in at /sign-in.' })
  }
}

export class OtherSite extends AppError {
  readonly code = 'OTHER_SITE'
  constructor() {
    super('The request came from a page of another site.', {
      hint: 'Behind a proxy, set PUBLIC_URL to the address in the browser.',
    })
  }
}

export class HostUnknown extends AppError {
  readonly code = 'HOST_UNKNOWN'
  constructor() {
    super('The server was asked by a name that it does not go by.', {
      hint: 'Set PUBLIC_URL or ALLOWED_HOSTS to the name in the browser.',
    })
  }
}

/** Routes that come with a library, by how their paths begin; they can't say it themselves. */
const madeByLibraries: Readonly<Record<string, Role>> = { '/api/docs': 'viewer' }

/** Every route states who may use it, and a server with one that does not refuses to start. `app.whoMay` has them all. */
export function demandRoles(app: App): void {
  const silent: string[] = []
  const whoMay = new Map<string, Role>()
  app.decorate('whoMay', whoMay)
  app.addHook('onRoute', (route) => {
    const library = Object.entries(madeByLibraries).find(([start]) => route.url.startsWith(start))
    const may = route.config?.may ?? library?.[1]
    if (may === undefined) silent.push(`${String(route.method)} ${route.url}`)
    else {
      route.config = { ...route.config, may }
      for (const method of [route.method].flat()) whoMay.set(`${method} ${route.url}`, may)
    }
  })
  app.addHook('onReady', async () => {
    if (silent.length > 0) throw new Error(`who may use them is not said of ${silent.join(', ')}`)
  })
}

interface Guard {
  door: Door
  limits: RateLimits
  settings: Pick<Settings, 'PUBLIC_URL' | 'ALLOWED_HOSTS' | 'TRUST_PROXY'>
}

/**
 * Lets in whoever may. As long as there are no accounts: whoever asks from this machine, by its own name, so that no web page elsewhere can have a
 * browser here ask for it (DNS rebinding). From then on: who is signed in, or sends a key, with the role that the route wants.
 */
export function guardAccess(app: App, { door, limits, settings }: Guard): void {
  const names = ownNames(settings)
  const publicOrigin = settings.PUBLIC_URL === undefined ? null : new URL(settings.PUBLIC_URL).origin
  const believesProxies = settings.TRUST_PROXY !== undefined
  app.decorateRequest('caller', null)
  app.addHook('onRequest', async (request, reply) => {
    const { may = 'anyone', bySession = false } = request.routeOptions.config
    const isHere = isThisMachine(request, { believesProxies })
    // Whether it lives must be answered while the database is away, too.
    if (may === 'anyone' && isHere && isSafe(request)) return
    if (!(await door.hasAccounts())) {
      if (!isHere) throw new LoopbackOnly()
      request.caller = { by: 'machine', role: 'owner' }
      return
    }
    if (!isKnownHost(request.host, names)) throw new HostUnknown()
    if (may === 'anyone') {
      if (isFromOtherSite(request, publicOrigin)) throw new OtherSite()
      if (request.url.startsWith('/api/')) await limits.byAddress(request)
      return
    }
    await limits.byAddress(request)
    const caller = await door.identify(request, reply)
    if (caller === null) return refuseStranger(request, reply)
    // A key is no cookie: no browser sends it by itself.
    if (caller.by === 'session' && isFromOtherSite(request, publicOrigin)) throw new OtherSite()
    if (caller.by !== 'machine') request.log = reply.log = request.log.child({ account: caller.accountId })
    await limits.byCaller(request, caller)
    if (roles.indexOf(caller.role) < roles.indexOf(may)) throw new NotAllowed({ needed: may, has: caller.role })
    if (bySession && caller.by === 'key') throw new SessionNeeded()
    request.caller = caller
    door.openRequests.add(caller, reply)
  })
}

/** Programs are told; a browser that opens a page is led to where one signs in, and back. */
function refuseStranger(request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const { method, url, headers } = request
  const isPage = method === 'GET' && headers.accept?.includes('text/html') === true && !url.startsWith('/api/v1/')
  if (!isPage) {
    reply.header('www-authenticate', 'Bearer realm="clipwright"')
    throw new SignInNeeded()
  }
  return reply.header('cache-control', 'no-store').redirect(`/sign-in?then=${encodeURIComponent(url)}`, 303)
}

export function isLoopback(address: string): boolean {
  const plain = address.replace(/^::ffff:/i, '')
  return plain === '::1' || (isIP(plain) === 4 && plain.startsWith('127.'))
}

/** Whether the request comes from this machine, was sent to a name of it, and not from a page of another site. */
export function isThisMachine(request: FastifyRequest, { believesProxies }: { believesProxies: boolean }): boolean {
  const { headers, ip, host: sentTo } = request
  // A proxy on this machine passes on what others ask.
  if (!believesProxies && forwarding.some((name) => headers[name] !== undefined)) return false
  // A page of another site has a browser here ask; it says so, also where it keeps the origin to itself.
  if (isFromOtherSite(request, null)) return false
  const host = nameOf(sentTo)
  if (!isLoopback(ip) || (host !== 'localhost' && !isLoopback(host))) return false
  const { origin } = headers
  return origin === undefined || origin === `http://${sentTo}` || origin === `https://${sentTo}`
}

const forwarding = ['forwarded', 'x-forwarded-for', 'x-forwarded-host', 'x-real-ip', 'via']

function ownNames({ PUBLIC_URL, ALLOWED_HOSTS }: Guard['settings']): ReadonlySet<string> {
  const listed = splitList(ALLOWED_HOSTS).map((name) => name.toLowerCase())
  return new Set(['localhost', ...listed, ...(PUBLIC_URL === undefined ? [] : [nameOf(new URL(PUBLIC_URL).host)])])
}

/** A bare address is always ours: DNS can't turn it into another one. */
function isKnownHost(host: string, names: ReadonlySet<string>): boolean {
  const name = nameOf(host)
  return names.has(name) || isIP(name) !== 0
}

/** Without the port and the brackets of IPv6. */
function nameOf(host: string): string {
  return host
    .replace(/:\d+$/, '')
    .replace(/^\[(.*)\]$/, '$1')
    .toLowerCase()
}

/**
 * Whether a page of another site has a browser send this with our cookie. Browsers say so in Sec-Fetch-Site, older ones in Origin; what says neither is
 * no browser (https://words.filippo.io/csrf/).
 */
function isFromOtherSite(request: FastifyRequest, publicOrigin: string | null): boolean {
  if (isSafe(request)) return false
  const { origin, 'sec-fetch-site': site } = request.headers
  if (origin !== undefined && origin === publicOrigin) return false
  if (site !== undefined) return site !== 'same-origin' && site !== 'none'
  if (origin === undefined) return false
  return !URL.canParse(origin) || new URL(origin).host !== request.host
}

function isSafe({ method }: FastifyRequest): boolean {
  return method === 'GET' || method === 'HEAD' || method === 'OPTIONS'
}

function article(role: Role): string {
  return role === 'viewer' ? 'a viewer' : `an ${role}`
}
