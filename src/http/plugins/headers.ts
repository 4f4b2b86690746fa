import helmet from '@fastify/helmet'
import type { Settings } from '../../config/settings.ts'
import type { App } from '../app.ts'

/**
 * Headers that keep browsers from being turned against their users: our pages run our own scripts and styles alone, none of them inline, in no frame;
 * types are not guessed; nobody learns where somebody came from.
 */
export async function setSafeHeaders(app: App, { PUBLIC_URL }: Pick<Settings, 'PUBLIC_URL'>): Promise<void> {
  const isHttps = PUBLIC_URL?.startsWith('https:') ?? false
  await app.register(helmet, {
    contentSecurityPolicy: { useDefaults: false, directives: contentPolicy },
    frameguard: { action: 'deny' },
    referrerPolicy: { policy: 'no-referrer' },
    // Over http it means nothing, and on localhost it would lock out everything else there that has no https.
    hsts: isHttps ? { maxAge: 31_536_000, includeSubDomains: false } : false,
  })
}

const contentPolicy = {
  defaultSrc: ["'self'"],
  baseUri: ["'none'"],
  frameAncestors: ["'none'"],
  objectSrc: ["'none'"],
  formAction: ["'self'"],
  imgSrc: ["'self'", 'data:'],
}
