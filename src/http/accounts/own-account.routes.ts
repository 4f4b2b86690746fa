import type { FastifyRequest } from 'fastify'
import { z } from 'zod'
import { AppError } from '../../domain/app-error.ts'
import { countKeys, listKeys, revokeKey } from '../../library/account-keys.store.ts'
import { endSession, endSessions, listSessions } from '../../library/account-sessions.store.ts'
import { changeAccount, getAccount } from '../../library/accounts.store.ts'
import type { App } from '../app.ts'
import { addressGroup } from '../plugins/rate-limit.ts'
import { NotFound } from '../problem.ts'
import type { AccountParts } from './account-parts.ts'
import {
  accountView,
  keyView,
  password,
  personName,
  scope,
  sessionView,
  toAccountView,
  toKeyView,
  toSessionView,
} from './accounts.schema.ts'
import type { Caller } from './caller.ts'
import { headersOf, isRefusal, passCookies } from './door.ts'
import { demandGoodPassword } from './hash-good-password.ts'

export class NoAccountYet extends AppError {
  readonly code = 'NO_ACCOUNT_YET'
  constructor() {
    super('There is no account yet: this machine may do everything.', { hint: 'Make the owner at /sign-in.' })
  }
}

export class PasswordWrong extends AppError {
  readonly code = 'PASSWORD_WRONG'
  constructor() {
    super('The password is wrong.')
  }
}

export class TooManyKeys extends AppError {
  readonly code = 'TOO_MANY_KEYS'
  constructor(most: number) {
    super(`An account may have ${most} keys.`, { hint: 'Revoke those that are not used any more.' })
  }
}

const byId = z.object({ id: z.uuid() })
const tags = ['accounts']
const mostKeys = 100
const daySeconds = 24 * 3600

/** One's own account: name, password, sessions and keys. What could be used to stay is for people alone: a stolen key must not make another one. */
export function ownAccountRoutes(app: App, { pipeline, door, brake }: AccountParts): void {
  const db = pipeline.database.kysely
  app.get(
    '/api/v1/accounts/me',
    {
      config: { may: 'viewer' },
      schema: {
        tags,
        summary: 'Who asks; with a key, the role is what the key allows',
        response: { 200: accountView.extend({ by: z.enum(['session', 'key']) }).meta({ id: 'OwnAccount' }) },
      },
    },
    async (request) => {
      const { accountId, by, role } = accountOf(request)
      return { ...toAccountView(await getAccount(db, { id: accountId })), role, by }
    },
  )
  app.patch(
    '/api/v1/accounts/me',
    {
      config: { may: 'viewer', bySession: true },
      schema: {
        tags,
        summary: 'Change one’s name',
        body: z.strictObject({ name: personName }),
        response: { 200: accountView },
      },
    },
    async (request) => {
      const { accountId: id } = accountOf(request)
      await changeAccount(db, { id, name: request.body.name })
      return toAccountView(await getAccount(db, { id }))
    },
  )
  app.post(
    '/api/v1/accounts/me/password',
    {
      config: { may: 'viewer', bySession: true },
      schema: {
        tags,
        summary: 'Change one’s password; all other sessions end',
        body: z.strictObject({ current: z.string().max(200), next: password }),
        response: { 204: z.null() },
      },
    },
    async (request, reply) => {
      const { accountId: id } = accountOf(request)
      const { email } = await getAccount(db, { id })
      const { current, next } = request.body
      const attempt = brake.begin({ email, address: addressGroup(request.ip) })
      demandGoodPassword(next, { email })
      const auth = await door.auth()
      const { headers } = await auth.api
        .changePassword({
          body: { currentPassword: current, newPassword: next, revokeOtherSessions: true },
          headers: headersOf(request),
          returnHeaders: true,
        })
        .catch((error: unknown) => {
          throw isRefusal(error) ? new PasswordWrong() : error
        })
      attempt.succeeded()
      passCookies(headers, reply)
      door.openRequests.end({ accountId: id })
      request.log.info('a password was changed')
      return reply.code(204).send(null)
    },
  )
  app.get(
    '/api/v1/accounts/me/sessions',
    {
      config: { may: 'viewer' },
      schema: {
        tags,
        summary: 'Where one is signed in, the newest first',
        response: { 200: z.object({ items: z.array(sessionView) }) },
      },
    },
    async (request) => {
      const { accountId, credentialId } = accountOf(request)
      return { items: (await listSessions(db, accountId)).map((session) => toSessionView(session, credentialId)) }
    },
  )
  app.delete(
    '/api/v1/accounts/me/sessions',
    {
      config: { may: 'viewer', bySession: true },
      schema: {
        tags,
        summary: 'Sign out everywhere',
        querystring: z.object({ butThis: z.stringbool().default(false).describe('Stay signed in here.') }),
        response: { 204: z.null() },
      },
    },
    async (request, reply) => {
      const { accountId, credentialId } = accountOf(request)
      const but = request.query.butThis ? credentialId : undefined
      await endSessions(db, { accountId, but })
      door.openRequests.end({ accountId, but })
      return reply.code(204).send(null)
    },
  )
  app.delete(
    '/api/v1/accounts/me/sessions/:id',
    {
      config: { may: 'viewer', bySession: true },
      schema: { tags, summary: 'End one session', params: byId, response: { 204: z.null() } },
    },
    async (request, reply) => {
      const { id } = request.params
      if (!(await endSession(db, { accountId: accountOf(request).accountId, id }))) throw new NotFound('This session')
      door.openRequests.end({ credentialId: id })
      return reply.code(204).send(null)
    },
  )
  app.get(
    '/api/v1/accounts/me/keys',
    {
      config: { may: 'viewer' },
      schema: {
        tags,
        summary: 'One’s keys, the newest first; what they are is not shown again',
        response: { 200: z.object({ items: z.array(keyView) }) },
      },
    },
    async (request) => ({ items: (await listKeys(db, accountOf(request).accountId)).map(toKeyView) }),
  )
  app.post(
    '/api/v1/accounts/me/keys',
    {
      // Not `once`: what is answered would be kept for a day, and the key is in it.
      config: { may: 'viewer', bySession: true },
      schema: {
        tags,
        summary: 'Make a key for a program; it is shown this once',
        body: z.strictObject({
          name: personName,
          scope,
          expiresInDays: z.int().min(1).max(3650).nullable().describe('null: until it is revoked.'),
        }),
        response: { 201: keyView.extend({ key: z.string() }).meta({ id: 'NewKey' }) },
      },
    },
    async (request, reply) => {
      const { accountId } = accountOf(request)
      const { name, scope: allowed, expiresInDays } = request.body
      if ((await countKeys(db, accountId)) >= mostKeys) throw new TooManyKeys(mostKeys)
      const auth = await door.auth()
      const made = await auth.api.createApiKey({
        body: {
          userId: accountId,
          name,
          expiresIn: expiresInDays === null ? null : expiresInDays * daySeconds,
          permissions: { clipwright: [allowed] },
        },
      })
      request.log.info({ keyId: made.id, scope: allowed }, 'a key was made')
      const stored = (await listKeys(db, accountId)).find(({ id }) => id === made.id)
      if (stored === undefined) throw new Error('the key that was made is not there')
      return reply.code(201).send({ ...toKeyView(stored), key: made.key })
    },
  )
  app.delete(
    '/api/v1/accounts/me/keys/:id',
    {
      config: { may: 'viewer', bySession: true },
      schema: { tags, summary: 'Revoke a key', params: byId, response: { 204: z.null() } },
    },
    async (request, reply) => {
      const { id } = request.params
      if (!(await revokeKey(db, { accountId: accountOf(request).accountId, id }))) throw new NotFound('This key')
      door.openRequests.end({ credentialId: id })
      request.log.info({ keyId: id }, 'a key was revoked')
      return reply.code(204).send(null)
    },
  )
}

/** @throws NoAccountYet */
function accountOf({ caller }: FastifyRequest): Exclude<Caller, { by: 'machine' }> {
  if (caller === null || caller.by === 'machine') throw new NoAccountYet()
  return caller
}
