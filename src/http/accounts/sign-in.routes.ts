import type { FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import { AppError } from '../../domain/app-error.ts'
import { addFirstOwner, getAccount, OwnerExists } from '../../library/accounts.store.ts'
import type { App } from '../app.ts'
import { LoopbackOnly } from '../plugins/access.ts'
import { addressGroup } from '../plugins/rate-limit.ts'
import type { AccountParts } from './account-parts.ts'
import { accountView, email, password, personName, toAccountView } from './accounts.schema.ts'
import { type Door, headersOf, isRefusal, passCookies } from './door.ts'
import { hashGoodPassword } from './hash-good-password.ts'

export class SignInFailed extends AppError {
  readonly code = 'SIGN_IN_FAILED'
  constructor() {
    super('E-mail or password is wrong.', {
      hint: 'Who forgot the password: `clipwright account reset-password EMAIL` on the machine that runs Clipwright.',
    })
  }
}

const tags = ['accounts']
const credentials = z.strictObject({
  // Anything that can be typed: what is no address is answered as one that is unknown.
  email: z.string().max(320),
  password: z.string().max(200),
  remember: z.boolean().default(true).describe('False: signed out when the browser is closed, and after a day.'),
})

/** Coming in and going out; and the very first visit, which makes the owner. Secrets are in these answers and questions: none is kept for asking twice. */
export function signInRoutes(app: App, { pipeline, door, brake }: AccountParts): void {
  const db = pipeline.database.kysely
  app.get(
    '/api/v1/sign-in',
    {
      config: { may: 'anyone' },
      schema: {
        tags,
        summary: 'Whether there is an owner yet, and who asks',
        response: { 200: z.object({ ownerExists: z.boolean(), account: accountView.nullable() }) },
      },
    },
    async (request, reply) => {
      reply.header('cache-control', 'no-store')
      const ownerExists = await door.hasAccounts()
      const caller = ownerExists ? await door.identify(request, reply) : null
      const account = caller === null || caller.by === 'machine' ? null : await getAccount(db, { id: caller.accountId })
      return { ownerExists, account: account === null ? null : toAccountView(account) }
    },
  )
  app.post(
    '/api/v1/accounts/owner',
    {
      config: { may: 'anyone' },
      schema: {
        tags,
        summary: 'The first visit: make the owner, and sign in; from this machine only, and only once',
        body: z.strictObject({ name: personName, email, password }),
        response: { 201: accountView },
      },
    },
    async (request, reply) => {
      if (await door.hasAccounts()) throw new OwnerExists()
      if (request.caller?.by !== 'machine') throw new LoopbackOnly()
      const { password: chosen, ...account } = request.body
      const passwordHash = await hashGoodPassword(chosen, account)
      const id = await addFirstOwner(db, { ...account, passwordHash, createdBy: 'http' })
      request.log.info({ account: id }, 'the owner was made')
      await begin({ door, request, reply }, { email: account.email, password: chosen, remember: true })
      reply.header('location', `/api/v1/accounts/${id}`)
      return reply.code(201).send(toAccountView(await getAccount(db, { id })))
    },
  )
  app.post(
    '/api/v1/sign-in',
    {
      config: { may: 'anyone' },
      schema: { tags, summary: 'Begin a session', body: credentials, response: { 200: accountView } },
    },
    async (request, reply) => {
      const { email: typed, ...rest } = request.body
      const asked = { email: typed.trim().toLowerCase(), ...rest }
      const attempt = brake.begin({ email: asked.email, address: addressGroup(request.ip) })
      const id = await begin({ door, request, reply }, asked)
      attempt.succeeded()
      request.log.info({ account: id }, 'somebody signed in')
      return toAccountView(await getAccount(db, { id }))
    },
  )
  app.post(
    '/api/v1/sign-out',
    {
      config: { may: 'anyone' },
      schema: { tags, summary: 'End this session', response: { 204: z.null() } },
    },
    async (request, reply) => {
      await endOwn({ door, request, reply })
      return reply.code(204).header('clear-site-data', '"cache"').send(null)
    },
  )
}

interface Visit {
  door: Door
  request: FastifyRequest
  reply: FastifyReply
}

/** Always a new session, never one that somebody brought along; that one ends. @throws SignInFailed */
async function begin(visit: Visit, asked: z.infer<typeof credentials>): Promise<string> {
  const { door, request, reply } = visit
  const auth = await door.auth()
  const headers = headersOf(request)
  try {
    const { headers: set, response } = await auth.api.signInEmail({
      body: { email: asked.email, password: asked.password, rememberMe: asked.remember },
      headers,
      returnHeaders: true,
    })
    await endOwn(visit)
    reply.removeHeader('set-cookie')
    passCookies(set, reply)
    return response.user.id
  } catch (error) {
    // Unknown, wrong, or no address at all: one answer for all of them.
    throw isRefusal(error) ? new SignInFailed() : error
  }
}

/** Ends the session whose cookie the request has, if any. */
async function endOwn({ door, request, reply }: Visit): Promise<void> {
  if (request.headers.cookie === undefined || !(await door.hasAccounts())) return
  const caller = await door.identify(request, reply)
  const auth = await door.auth()
  const { headers } = await auth.api.signOut({ headers: headersOf(request), returnHeaders: true })
  reply.removeHeader('set-cookie')
  passCookies(headers, reply)
  if (caller?.by === 'session') door.openRequests.end({ credentialId: caller.credentialId })
}
