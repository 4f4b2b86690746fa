import type { InjectOptions, LightMyRequestResponse } from 'fastify'
import { z } from 'zod'
import type { AccountRole, KeyScope } from '../../src/domain/account.ts'
import type { App } from '../../src/http/app.ts'

export interface Visitor {
  /** The cookie header of the session; empty before somebody signed in. */
  cookie: string
  ask(options: InjectOptions): Promise<LightMyRequestResponse>
}

export interface Person extends Visitor {
  id: string
  email: string
  password: string
}

const account = z.object({ id: z.string() })
let made = 0

/** A browser without a session, or with the cookies it is given. */
export function visitor(app: App, cookie = ''): Visitor {
  return {
    cookie,
    ask: (options) => app.inject({ ...options, headers: { ...(cookie === '' ? {} : { cookie }), ...options.headers } }),
  }
}

/** Makes the first account and signs it in; from now on nobody else may ask anything. */
export async function asOwner(app: App): Promise<Person> {
  const password = 'rye-and-salt-0417'
  const payload = { name: 'Ana', email: 'owner@example.com', password }
  const response = await app.inject({ method: 'POST', url: '/api/v1/accounts/owner', payload })
  return { ...entered(app, response, 201), email: payload.email, password }
}

/** Has an owner make an account, and signs it in. */
export async function letIn(app: App, { owner, role }: { owner: Visitor; role: AccountRole }): Promise<Person> {
  made += 1
  const payload = { name: `Person ${made}`, email: `person-${made}@example.com`, password: 'oven-door-crumb-88', role }
  const response = await owner.ask({ method: 'POST', url: '/api/v1/accounts', payload })
  if (response.statusCode !== 201) throw new Error(`not let in: ${response.body}`)
  return signIn(app, payload)
}

export async function signIn(app: App, { email, password }: { email: string; password: string }): Promise<Person> {
  const response = await app.inject({ method: 'POST', url: '/api/v1/sign-in', payload: { email, password } })
  return { ...entered(app, response, 200), email, password }
}

/** A key of somebody who is signed in, and its id. */
export async function newKey(
  person: Visitor,
  { scope, expiresInDays = null }: { scope: KeyScope; expiresInDays?: number | null },
): Promise<{ id: string; key: string }> {
  const payload = { name: 'a program', scope, expiresInDays }
  const response = await person.ask({ method: 'POST', url: '/api/v1/accounts/me/keys', payload })
  if (response.statusCode !== 201) throw new Error(`no key: ${response.body}`)
  return z.object({ id: z.string(), key: z.string() }).parse(response.json())
}

export function cookieOf(response: LightMyRequestResponse): string {
  return response.cookies
    .filter(({ value }) => value !== '')
    .map(({ name, value }) => `${name}=${encodeURIComponent(value)}`)
    .join('; ')
}

function entered(app: App, response: LightMyRequestResponse, status: number): Visitor & { id: string } {
  if (response.statusCode !== status) throw new Error(`not signed in: ${response.body}`)
  return { ...visitor(app, cookieOf(response)), id: account.parse(response.json()).id }
}
