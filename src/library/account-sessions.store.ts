import type { Kysely } from 'kysely'
import type { Tables } from '../database/tables.ts'

export interface StoredSession {
  id: string
  address: string | null
  userAgent: string | null
  createdAt: Date
  /** When it was last prolonged: to the day, not to the minute. */
  seenAt: Date
  expiresAt: Date
}

/** Sessions that go on, the newest first. */
export async function listSessions(db: Kysely<Tables>, accountId: string): Promise<StoredSession[]> {
  return db
    .selectFrom('account_sessions')
    .select(['id', 'address', 'user_agent as userAgent', 'created_at as createdAt'])
    .select(['updated_at as seenAt', 'expires_at as expiresAt'])
    .where('account_id', '=', accountId)
    .where('expires_at', '>', new Date())
    .orderBy('created_at', 'desc')
    .orderBy('id')
    .limit(200)
    .execute()
}

/** Ends one session of an account. False when it has no such session. */
export async function endSession(
  db: Kysely<Tables>,
  { accountId, id }: { accountId: string; id: string },
): Promise<boolean> {
  const { numDeletedRows } = await db
    .deleteFrom('account_sessions')
    .where('account_id', '=', accountId)
    .where('id', '=', id)
    .executeTakeFirst()
  return numDeletedRows > 0n
}

/** Ends all sessions of an account, or all but one. */
export async function endSessions(
  db: Kysely<Tables>,
  { accountId, but }: { accountId: string; but?: string | undefined },
): Promise<void> {
  const all = db.deleteFrom('account_sessions').where('account_id', '=', accountId)
  await (but === undefined ? all : all.where('id', '!=', but)).execute()
}

/** Which of these ids are of sessions that go on, or of keys that are valid. */
export async function validCredentials(db: Kysely<Tables>, ids: readonly string[]): Promise<Set<string>> {
  const now = new Date()
  const rows = await db
    .selectFrom('account_sessions')
    .select('id')
    .where('id', 'in', ids)
    .where('expires_at', '>', now)
    .unionAll(
      db
        .selectFrom('account_keys')
        .select('id')
        .where('id', 'in', ids)
        .where((where) => where.or([where('expires_at', 'is', null), where('expires_at', '>', now)])),
    )
    .execute()
  return new Set(rows.map(({ id }) => id))
}

/** What ran out is of no use to anybody. */
export async function forgetOldSessions(db: Kysely<Tables>): Promise<void> {
  await db.deleteFrom('account_sessions').where('expires_at', '<', new Date()).execute()
}
