import { createHash } from 'node:crypto'
import type { FastifyRequest } from 'fastify'
import { z } from 'zod'
import { AppError } from '../../domain/app-error.ts'
import { claimKey, giveKeyBack, type KeyedRequest, keepAnswer } from '../../library/request-keys.store.ts'
import { callerId } from '../accounts/caller.ts'
import type { App, HttpParts } from '../app.ts'

export class KeyUsedOtherwise extends AppError {
  readonly code = 'KEY_USED_OTHERWISE'
  constructor() {
    super('This Idempotency-Key was used with another request.', { hint: 'Choose a new key for every new request.' })
  }
}

export class KeyUnderWay extends AppError {
  readonly code = 'KEY_UNDER_WAY'
  override readonly retry = 'later'
  constructor() {
    super('A request with this Idempotency-Key is being answered.', { hint: 'Ask again in a second for its answer.' })
  }
}

/** Headers of a route with `config: { once: true }`. Loose: what else a request brings is kept. */
export const onceHeaders = z.looseObject({
  'idempotency-key': z
    .string()
    .regex(/^[\x21-\x7e]{1,200}$/, 'must be 1 to 200 visible letters')
    .optional()
    .describe(
      'Sent again with the same body within 24 hours, the request is not done again: its first answer comes back.',
    ),
})

/**
 * Routes with `config: { once: true }` do a request with an Idempotency-Key once (draft-ietf-httpapi-idempotency-key-header). Answers that say it was
 * done are kept; after any other the key is free. To be added before what compresses answers.
 */
export function answerOnce(app: App, { pipeline }: Pick<HttpParts, 'pipeline'>): void {
  const db = pipeline.database.kysely
  const held = new WeakMap<FastifyRequest, KeyedRequest>()
  app.addHook('preHandler', async (request, reply) => {
    const key = request.headers['idempotency-key']
    if (request.routeOptions.config.once !== true || typeof key !== 'string') return
    const keyed = {
      caller: callerId(request),
      key,
      route: `${request.method} ${request.url.split('?')[0]}`,
      bodyHash: hashOf(request.body),
    }
    const claim = await claimKey(db, keyed)
    if (claim.is === 'another body') throw new KeyUsedOtherwise()
    if (claim.is === 'under way') throw new KeyUnderWay()
    if (claim.is === 'new') {
      held.set(request, keyed)
      return
    }
    const { status, type, location, body } = claim.answer
    if (location !== null) reply.header('location', location)
    return reply.code(status).type(type).header('idempotent-replayed', 'true').send(body)
  })
  app.addHook('onSend', async (request, reply, payload) => {
    const keyed = held.get(request)
    if (keyed === undefined) return payload
    held.delete(request)
    if (reply.statusCode >= 200 && reply.statusCode < 300 && typeof payload === 'string') {
      const [type, location] = [reply.getHeader('content-type'), reply.getHeader('location')]
      await keepAnswer(db, keyed, {
        status: reply.statusCode,
        type: String(type ?? 'application/json'),
        location: location === undefined ? null : String(location),
        body: payload,
      })
    } else await giveKeyBack(db, keyed)
    return payload
  })
}

function hashOf(body: unknown): string {
  return createHash('sha256')
    .update(JSON.stringify(body ?? null))
    .digest('hex')
}
