import { isIP } from 'node:net'
import type { FastifyRequest } from 'fastify'
import { AppError } from '../../domain/app-error.ts'
import type { App, Role } from '../app.ts'

export class LoopbackOnly extends AppError {
  readonly code = 'LOOPBACK_ONLY'
  constructor() {
    super('Until there is an account, only this machine itself may ask.', {
      hint: 'Open http://127.0.0.1:4000 on the machine that runs Clipwright.',
    })
  }
}

/** Routes that come with a library, by how their paths begin; they can't say it themselves. */
const madeByLibraries: Readonly<Record<string, Role>> = { '/api/docs': 'anyone' }

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

/**
 * Lets in whoever may. As long as there are no accounts: whoever asks from this machine, by its own name, so that no web page elsewhere can have a
 * browser here ask for it (DNS rebinding).
 */
export function guardAccess(app: App): void {
  app.addHook('onRequest', async (request) => {
    if (!isLoopback(request.ip) || !isOwnName(request)) throw new LoopbackOnly()
  })
}

export function isLoopback(address: string): boolean {
  const plain = address.replace(/^::ffff:/i, '')
  return plain === '::1' || (isIP(plain) === 4 && plain.startsWith('127.'))
}

/** Whether the request was sent to a name of this machine, and not from a page of another site. */
function isOwnName({ headers }: FastifyRequest): boolean {
  const host = hostOf(headers.host ?? '')
  if (host !== 'localhost' && !isLoopback(host)) return false
  const { origin } = headers
  return origin === undefined || origin === `http://${headers.host ?? ''}` || origin === `https://${headers.host ?? ''}`
}

function hostOf(host: string): string {
  return host
    .replace(/:\d+$/, '')
    .replace(/^\[(.*)\]$/, '$1')
    .toLowerCase()
}
