import type { FastifyRequest } from 'fastify'
import { AppError } from '../../domain/app-error.ts'
import type { App } from '../app.ts'

export class OtherByNow extends AppError {
  readonly code = 'OTHER_BY_NOW'
  constructor() {
    super('What you want to change is no longer what you looked at, or never was.', {
      hint: 'Ask for it anew at the same address, and send its ETag in If-Match.',
    })
  }
}

const changing = new Set(['POST', 'PUT', 'PATCH', 'DELETE'])
/** What says who asks. */
const identifying = ['cookie', 'authorization', 'x-api-key', 'user-agent'] as const

/**
 * A request with If-Match (RFC 9110, 13.1.1) changes only what has that ETag: what the same address, without what is after its `?`, answers to GET. It is
 * asked of the server itself, as whoever asks. Between the look and the change somebody else may come; `version` in the bodies of edits leaves no such gap.
 */
export function heedIfMatch(app: App): void {
  app.addHook('preHandler', async (request) => {
    const wanted = request.headers['if-match']
    if (wanted === undefined || !changing.has(request.method)) return
    const current = await app.inject({
      method: 'GET',
      url: request.url.split('?')[0] ?? '/',
      headers: identityOf(request),
      remoteAddress: request.ip,
    })
    const { etag } = current.headers
    // A weak one says that two are alike, not that they are the same.
    const known = wanted.split(',').map((tag) => tag.trim())
    const isSame = known.includes('*') || (typeof etag === 'string' && !etag.startsWith('W/') && known.includes(etag))
    if (current.statusCode !== 200 || !isSame) throw new OtherByNow()
  })
}

function identityOf({ headers, host }: FastifyRequest): Record<string, string> {
  const given = identifying.flatMap((name) => (headers[name] === undefined ? [] : [[name, String(headers[name])]]))
  // As a proxy that is believed says it: what we ask ourselves comes through none.
  return { ...Object.fromEntries(given), host }
}
