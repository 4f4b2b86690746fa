import { createHash } from 'node:crypto'
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Kysely } from 'kysely'
import { z } from 'zod'
import type { Settings } from '../../config/settings.ts'
import type { Tables } from '../../database/tables.ts'
import { accountRoles, type KeyScope, keyScopes, roleWithin } from '../../domain/account.ts'
import { findKey, noteKeyUse } from '../../library/account-keys.store.ts'
import { forgetOldSessions, validCredentials } from '../../library/account-sessions.store.ts'
import { hasAccounts } from '../../library/accounts.store.ts'
import type { Logger } from '../../observability/logger.ts'
import { addressHeader } from './address-header.ts'
import { authSecret } from './auth-secret.ts'
import type { Caller } from './caller.ts'
import type { Auth } from './create-auth.ts'
import { OpenRequests } from './open-requests.ts'

interface DoorParts {
  db: Kysely<Tables>
  settings: Pick<Settings, 'AUTH_SECRET' | 'PUBLIC_URL'>
  dataFolder: string
  logger: Logger
}

const sessionOwner = z.object({ id: z.uuid(), role: z.enum(accountRoles) })
const permissions = z.object({ clipwright: z.tuple([z.enum(keyScopes)]) })

/** Who asks, and how they come and go. better-auth is loaded when the first one signs in: half a second that a start need not wait for. */
export class Door {
  readonly #parts: DoorParts
  readonly openRequests = new OpenRequests()
  #auth: Promise<Auth> | undefined
  #known = false

  constructor(parts: DoorParts) {
    this.#parts = parts
  }

  /** Cookies go over https only. */
  get isSecure(): boolean {
    return this.#parts.settings.PUBLIC_URL?.startsWith('https:') ?? false
  }

  /** Whether anybody has an account. Once so it stays so: the last owner can't be removed. */
  async hasAccounts(): Promise<boolean> {
    this.#known ||= await hasAccounts(this.#parts.db)
    return this.#known
  }

  /**
   * Ends what is being sent to whoever was signed out or removed by another process, or whose time is up; and forgets sessions that have run out.
   * To be called now and then.
   */
  async endRevoked(): Promise<void> {
    if (!this.#known) return
    const { db, logger } = this.#parts
    try {
      await forgetOldSessions(db)
      const open = this.openRequests.credentials()
      if (open.length === 0) return
      const valid = await validCredentials(db, open)
      for (const credentialId of open) if (!valid.has(credentialId)) this.openRequests.end({ credentialId })
    } catch (error) {
      logger.warn({ err: error }, 'whose streams may go on could not be looked up')
    }
  }

  /** better-auth, with a secret of this data folder. @throws AuthSecretUnusable */
  auth(): Promise<Auth> {
    this.#auth ??= this.#open().catch((error: unknown) => {
      this.#auth = undefined
      throw error
    })
    return this.#auth
  }

  async #open(): Promise<Auth> {
    const { db, logger } = this.#parts
    const secret = await authSecret(this.#parts)
    const { createAuth } = await import('./create-auth.ts')
    return createAuth({ db, secret, secure: this.isSecure, logger })
  }

  /** Who asks, by a key or else by a session. Null when nobody is named, or what names them is forged, revoked or has run out. */
  async identify(request: FastifyRequest, reply: FastifyReply): Promise<Caller | null> {
    const key = keyOf(request)
    if (key !== null) return this.#byKey(key)
    return request.headers.cookie === undefined ? null : this.#bySession(request, reply)
  }

  async #byKey(key: string): Promise<Caller | null> {
    const found = await findKey(this.#parts.db, hashOfKey(key))
    if (found === undefined) return null
    const scope = scopeOf(found.permissions)
    if (scope === null) return null
    await noteKeyUse(this.#parts.db, found)
    return { by: 'key', role: roleWithin(found.role, scope), accountId: found.accountId, credentialId: found.id }
  }

  async #bySession(request: FastifyRequest, reply: FastifyReply): Promise<Caller | null> {
    if (!/(?:^|; ?)(?:__Secure-)?clipwright\.session_token=/.test(request.headers.cookie ?? '')) return null
    const auth = await this.auth()
    const { headers, response } = await auth.api.getSession({ headers: headersOf(request), returnHeaders: true })
    passCookies(headers, reply)
    if (response === null) return null
    const { id: accountId, role } = sessionOwner.parse(response.user)
    return { by: 'session', role, accountId, credentialId: response.session.id }
  }
}

/** SHA-256, base64url: as better-auth keeps keys. They are random, so a slow hash would protect nothing. */
export function hashOfKey(key: string): string {
  return createHash('sha256').update(key).digest('base64url')
}

/** What a key may do, of the JSON text that better-auth keeps; null when it is none of ours. */
export function scopeOf(text: string): KeyScope | null {
  try {
    return permissions.parse(JSON.parse(text)).clipwright[0]
  } catch {
    return null
  }
}

/** The key a request names, even when it is none. */
function keyOf({ headers }: FastifyRequest): string | null {
  const own = headers['x-api-key']
  if (own !== undefined) return String(own)
  const { authorization } = headers
  if (authorization === undefined) return null
  return /^Bearer +(\S+)$/i.exec(authorization)?.[1] ?? ''
}

/** What better-auth gets to see of a request: nothing else in it can mean anything to it. */
export function headersOf(request: FastifyRequest): Headers {
  const headers = new Headers({ [addressHeader]: request.ip })
  const { cookie, 'user-agent': userAgent } = request.headers
  if (cookie !== undefined) headers.set('cookie', cookie)
  if (userAgent !== undefined) headers.set('user-agent', userAgent.slice(0, 300))
  return headers
}

/** Cookies that better-auth sets are set for the one who asked. */
export function passCookies(headers: Headers | null | undefined, reply: FastifyReply): void {
  const cookies = headers?.getSetCookie() ?? []
  if (cookies.length > 0) reply.header('set-cookie', cookies)
}

/** Whether better-auth said no, for a reason that is the asker's. */
export function isRefusal(error: unknown): boolean {
  return error instanceof Error && error.name === 'APIError' && 'statusCode' in error && Number(error.statusCode) < 500
}
