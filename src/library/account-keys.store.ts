import { type Kysely, sql } from 'kysely'
import type { Tables } from '../database/tables.ts'
import type { AccountRole } from '../domain/account.ts'

export interface StoredKey {
  id: string
  name: string
  /** Its first letters, to tell it from others. */
  start: string
  /** JSON text, as better-auth keeps it. */
  permissions: string
  createdAt: Date
  expiresAt: Date | null
  lastUsedAt: Date | null
}

export interface KeyInUse extends StoredKey {
  accountId: string
  role: AccountRole
}

// How exact `last_used_at` is: a write for every request would cost more than the request.
const seenEvery = sql`interval '1 minute'`

/** The newest first. */
export async function listKeys(db: Kysely<Tables>, accountId: string): Promise<StoredKey[]> {
  return selectKeys(db)
    .where('account_keys.account_id', '=', accountId)
    .orderBy('account_keys.created_at', 'desc')
    .orderBy('account_keys.id')
    .limit(500)
    .execute()
}

export async function countKeys(db: Kysely<Tables>, accountId: string): Promise<number> {
  const { count } = await db
    .selectFrom('account_keys')
    .select(sql<number>`count(*)::integer`.as('count'))
    .where('account_id', '=', accountId)
    .executeTakeFirstOrThrow()
  return count
}

/** The key with this hash (SHA-256, base64url), unless it was revoked or has run out. */
export async function findKey(db: Kysely<Tables>, hash: string): Promise<KeyInUse | undefined> {
  return selectKeys(db)
    .innerJoin('accounts', 'accounts.id', 'account_keys.account_id')
    .select(['accounts.id as accountId', 'accounts.role'])
    .where('account_keys.key', '=', hash)
    .where('account_keys.enabled', '=', true)
    .where((where) =>
      where.or([where('account_keys.expires_at', 'is', null), where('account_keys.expires_at', '>', new Date())]),
    )
    .executeTakeFirst()
}

export async function noteKeyUse(db: Kysely<Tables>, { id, lastUsedAt }: StoredKey): Promise<void> {
  if (lastUsedAt !== null && Date.now() - lastUsedAt.getTime() < 60_000) return
  await db
    .updateTable('account_keys')
    .set({ last_used_at: new Date() })
    .where('id', '=', id)
    .where(sql<boolean>`last_used_at is null or last_used_at < now() - ${seenEvery}`)
    .execute()
}

/** False when the account has no such key. */
export async function revokeKey(
  db: Kysely<Tables>,
  { accountId, id }: { accountId: string; id: string },
): Promise<boolean> {
  const { numDeletedRows } = await db
    .deleteFrom('account_keys')
    .where('account_id', '=', accountId)
    .where('id', '=', id)
    .executeTakeFirst()
  return numDeletedRows > 0n
}

function selectKeys(db: Kysely<Tables>) {
  return db
    .selectFrom('account_keys')
    .select(['account_keys.id', 'account_keys.name', 'account_keys.start', 'account_keys.permissions'])
    .select(['account_keys.created_at as createdAt', 'account_keys.expires_at as expiresAt'])
    .select('account_keys.last_used_at as lastUsedAt')
}
