import { z } from 'zod'
import {
  AccountNotFound,
  addAccount,
  changeAccount,
  countAccounts,
  getAccount,
  listAccounts,
  removeAccount,
  setPassword,
} from '../../library/accounts.store.ts'
import type { App } from '../app.ts'
import { countedPageOf, fromCursor, pageQuery, toPage } from '../paging.ts'
import { NotFound } from '../problem.ts'
import type { AccountParts } from './account-parts.ts'
import { accountView, email, password, personName, role, toAccountView } from './accounts.schema.ts'
import { callerId } from './caller.ts'
import { hashGoodPassword } from './hash-good-password.ts'

const byId = z.object({ id: z.uuid() })
const tags = ['accounts']

/** Who may use the server: an owner's business. */
export function accountRoutes(app: App, { pipeline, door }: AccountParts): void {
  const db = pipeline.database.kysely
  app.get(
    '/api/v1/accounts',
    {
      config: { may: 'owner' },
      schema: {
        tags,
        summary: 'All accounts, the oldest first',
        querystring: pageQuery,
        response: { 200: countedPageOf(accountView) },
      },
    },
    async ({ query: { limit, cursor } }) => {
      const after = cursor === undefined ? undefined : fromCursor(cursor)
      const [rows, total] = await Promise.all([
        listAccounts(db, { limit: limit + 1, after }),
        after === undefined ? countAccounts(db) : null,
      ])
      return { ...toPage(rows, { limit, placeOf: ({ place, id }) => ({ at: place, id }), view: toAccountView }), total }
    },
  )
  app.post(
    '/api/v1/accounts',
    {
      // Not `once`: a hash of what is asked would be kept for a day, and the password is in it. The e-mail makes it happen once.
      config: { may: 'owner' },
      schema: {
        tags,
        summary: 'Let somebody in; no mail is sent, so tell them the password',
        body: z.strictObject({ name: personName, email, role, password }),
        response: { 201: accountView },
      },
    },
    async (request, reply) => {
      const { password: chosen, ...account } = request.body
      const passwordHash = await hashGoodPassword(chosen, account)
      const id = await addAccount(db, { ...account, passwordHash, createdBy: callerId(request) })
      request.log.info({ made: id, role: account.role }, 'an account was made')
      return reply
        .code(201)
        .header('location', `/api/v1/accounts/${id}`)
        .send(toAccountView(await getAccount(db, { id })))
    },
  )
  app.get(
    '/api/v1/accounts/:id',
    {
      config: { may: 'owner' },
      schema: { tags, summary: 'One account', params: byId, response: { 200: accountView } },
    },
    async ({ params }) => toAccountView(await found(() => getAccount(db, params))),
  )
  app.patch(
    '/api/v1/accounts/:id',
    {
      config: { may: 'owner' },
      schema: {
        tags,
        summary: 'Change a name or a role, or give a new password, which ends all sessions of the account',
        params: byId,
        body: z
          .strictObject({ name: personName.optional(), role: role.optional(), password: password.optional() })
          .refine((asked) => Object.keys(asked).length > 0, 'must change something'),
        response: { 200: accountView },
      },
    },
    async ({ params: { id }, body, log }) => {
      const account = await found(() => getAccount(db, { id }))
      const passwordHash = body.password === undefined ? null : await hashGoodPassword(body.password, account)
      await found(() => changeAccount(db, { id, name: body.name, role: body.role }))
      if (passwordHash !== null) await found(() => setPassword(db, { id, passwordHash }))
      // Whoever lost rights must not go on listening with those of before.
      if (passwordHash !== null || body.role !== undefined) door.openRequests.end({ accountId: id })
      log.info({ changed: id, role: body.role, password: passwordHash !== null }, 'an account was changed')
      return toAccountView(await found(() => getAccount(db, { id })))
    },
  )
  app.delete(
    '/api/v1/accounts/:id',
    {
      config: { may: 'owner' },
      schema: {
        tags,
        summary: 'Remove an account with its sessions and keys; what it made stays',
        params: byId,
        response: { 204: z.null() },
      },
    },
    async ({ params: { id }, log }, reply) => {
      await found(() => removeAccount(db, id))
      door.openRequests.end({ accountId: id })
      log.info({ removed: id }, 'an account was removed')
      return reply.code(204).send(null)
    },
  )
}

/** Over HTTP nobody gives commands. */
async function found<T>(ask: () => Promise<T>): Promise<T> {
  try {
    return await ask()
  } catch (error) {
    throw error instanceof AccountNotFound ? new NotFound('This account') : error
  }
}
