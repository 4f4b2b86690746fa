import { createHash } from 'node:crypto'
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Kysely } from 'kysely'
import { z } from 'zod'
import type { Tables } from '../../database/tables.ts'
import { AppError } from '../../domain/app-error.ts'
import {
  claimKey,
  giveKeyBack,
  type KeptAnswer,
  type KeyedRequest,
  keepAnswer,
} from '../../library/request-keys.store.ts'
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
  app.addHook('preHandler', async (request, reply) => {
    if (request.routeOptions.config.once !== true) return
    const answer = await claimRequest(db, request, () => request.body)
    if (answer !== null) return replay(reply, answer)
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

/** Requests that hold their key until they are answered. */
const held = new WeakMap<FastifyRequest, KeyedRequest>()

/**
 * Takes the key of a request; without one there is nothing to take, and its body, which may be of many GB, is not read. Returns what it was answered
 * before, if it was. A route whose body is more than JSON calls it by itself, as soon as it knows what is asked, and answers with `replay`.
 * @throws KeyUsedOtherwise | KeyUnderWay
 */
export async function claimRequest(
  db: Kysely<Tables>,
  request: FastifyRequest,
  readBody: () => unknown,
): Promise<KeptAnswer | null> {
  const key = request.headers['idempotency-key']
  if (typeof key !== 'string') return null
  const route = `${request.method} ${request.url.split('?')[0]}`
  const keyed = { caller: callerId(request), key, route, bodyHash: hashOf(await readBody()) }
  const claim = await claimKey(db, keyed)
  if (claim.is === 'another body') throw new KeyUsedOtherwise()
  if (claim.is === 'under way') throw new KeyUnderWay()
  if (claim.is === 'answered') return claim.answer
  held.set(request, keyed)
  return null
}

export function replay(reply: FastifyReply, { status, type, location, body }: KeptAnswer): FastifyReply {
  if (location !== null) reply.header('location', location)
  return reply.code(status).type(type).header('idempotent-replayed', 'true').send(body)
}

function hashOf(body: unknown): string {
  return createHash('sha256')
    .update(JSON.stringify(body ?? null))
    .digest('hex')
}
