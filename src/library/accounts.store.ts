import { type Kysely, sql, type Transaction } from 'kysely'
import type { Tables } from '../database/tables.ts'
import type { AccountRole } from '../domain/account.ts'
import { AppError } from '../domain/app-error.ts'

export interface StoredAccount {
  id: string
  name: string
  email: string
  role: AccountRole
  createdAt: Date
  /** When they last began or went on with a session, or used a key. */
  lastSeenAt: Date | null
  /** `createdAt` as the database writes it, to the microsecond. */
  place: string
}

/** What is needed to make an account; the e-mail in small letters, the password hashed. */
export interface NewAccount {
  name: string
  email: string
  role: AccountRole
  passwordHash: string
  createdBy: string
}

export class AccountNotFound extends AppError {
  readonly code = 'ACCOUNT_NOT_FOUND'
  constructor(which: string) {
    super(`There is no account ${which}.`, { hint: '`clipwright account list` shows all.' })
  }
}

export class EmailTaken extends AppError {
  readonly code = 'EMAIL_TAKEN'
  constructor(email: string) {
    super(`There is an account with the e-mail ${email} already.`)
  }
}

export class OwnerExists extends AppError {
  readonly code = 'OWNER_EXISTS'
  constructor() {
    super('There is an owner already.', { hint: 'Sign in, or ask an owner for an account.' })
  }
}

export class OwnerNeeded extends AppError {
  readonly code = 'OWNER_NEEDED'
  constructor() {
    super('The first account must be an owner.')
  }
}

export class LastOwner extends AppError {
  readonly code = 'LAST_OWNER'
  constructor() {
    super('This is the last owner: without one, nobody could let anybody in.', {
      hint: 'Make somebody else owner first.',
    })
  }
}

export async function hasAccounts(db: Kysely<Tables>): Promise<boolean> {
  return (await db.selectFrom('accounts').select('id').limit(1).executeTakeFirst()) !== undefined
}

/** Makes the first account. Of all who ask at once, one gets it. @throws OwnerExists */
export async function addFirstOwner(db: Kysely<Tables>, account: Omit<NewAccount, 'role'>): Promise<string> {
  return db.transaction().execute(async (tx) => {
    if (await hasAccounts(tx)) throw new OwnerExists()
    const id = await insertAccount(tx, { ...account, role: 'owner', isFirst: true })
    if (id === null) throw new OwnerExists()
    return id
  })
}

/** Makes one more account. @throws EmailTaken | OwnerNeeded when there is none yet */
export async function addAccount(db: Kysely<Tables>, account: NewAccount): Promise<string> {
  return db.transaction().execute(async (tx) => {
    if (!(await hasAccounts(tx))) throw new OwnerNeeded()
    const id = await insertAccount(tx, { ...account, isFirst: false })
    if (id === null) throw new EmailTaken(account.email)
    return id
  })
}

async function insertAccount(
  tx: Transaction<Tables>,
  { name, email, role, passwordHash, createdBy, isFirst }: NewAccount & { isFirst: boolean },
): Promise<string | null> {
  const made = await tx
    .insertInto('accounts')
    .values({ name, email, role, is_first: isFirst, created_by: createdBy })
    // Also when another one is first: whoever comes second waits here until it is decided.
    .onConflict((conflict) => conflict.doNothing())
    .returning('id')
    .executeTakeFirst()
  if (made === undefined) return null
  await tx
    .insertInto('account_passwords')
    .values({ account_id: made.id, subject: made.id, provider: 'credential', password: passwordHash })
    .execute()
  return made.id
}

/** The oldest first; after a place, or all. */
export async function listAccounts(
  db: Kysely<Tables>,
  { limit, after }: { limit?: number | undefined; after?: { at: string; id: string } | undefined } = {},
): Promise<StoredAccount[]> {
  let query = selectAccounts(db).orderBy('accounts.created_at').orderBy('accounts.id')
  if (after !== undefined)
    query = query.where(
      sql<boolean>`(accounts.created_at, accounts.id) > (${after.at}::timestamptz, ${after.id}::uuid)`,
    )
  return (limit === undefined ? query : query.limit(limit)).execute()
}

export async function countAccounts(db: Kysely<Tables>): Promise<number> {
  const all = db.selectFrom('accounts').select(sql<number>`count(*)::int`.as('count'))
  return (await all.executeTakeFirstOrThrow()).count
}

/** @throws AccountNotFound */
export async function getAccount(
  db: Kysely<Tables>,
  which: { id: string } | { email: string },
): Promise<StoredAccount> {
  const [column, value] = 'id' in which ? (['id', which.id] as const) : (['email', which.email.toLowerCase()] as const)
  const row = await selectAccounts(db).where(`accounts.${column}`, '=', value).executeTakeFirst()
  if (row === undefined) throw new AccountNotFound(value)
  return row
}

function selectAccounts(db: Kysely<Tables>) {
  return db
    .selectFrom('accounts')
    .select(['accounts.id', 'accounts.name', 'accounts.email', 'accounts.role', 'accounts.created_at as createdAt'])
    .select(sql<string>`accounts.created_at::text`.as('place'))
    .select(
      sql<Date | null>`greatest(
        (select max(s.updated_at) from account_sessions s where s.account_id = accounts.id),
        (select max(k.last_used_at) from account_keys k where k.account_id = accounts.id))`.as('lastSeenAt'),
    )
}

/** Changes a name or a role. @throws AccountNotFound | LastOwner */
export async function changeAccount(
  db: Kysely<Tables>,
  { id, name, role }: { id: string; name?: string | undefined; role?: AccountRole | undefined },
): Promise<void> {
  await db.transaction().execute(async (tx) => {
    if (role !== undefined && role !== 'owner') await demandAnotherOwner(tx, id)
    const { numUpdatedRows } = await tx
      .updateTable('accounts')
      .set({ ...(name === undefined ? {} : { name }), ...(role === undefined ? {} : { role }), updated_at: new Date() })
      .where('id', '=', id)
      .executeTakeFirst()
    if (numUpdatedRows === 0n) throw new AccountNotFound(id)
  })
}

/** Ends its sessions and keys, too. @throws AccountNotFound | LastOwner */
export async function removeAccount(db: Kysely<Tables>, id: string): Promise<void> {
  await db.transaction().execute(async (tx) => {
    await demandAnotherOwner(tx, id)
    const { numDeletedRows } = await tx.deleteFrom('accounts').where('id', '=', id).executeTakeFirst()
    if (numDeletedRows === 0n) throw new AccountNotFound(id)
  })
}

/** Locks the owners, so that two who remove each other at once can't both succeed. */
async function demandAnotherOwner(tx: Transaction<Tables>, id: string): Promise<void> {
  const owners = await tx
    .selectFrom('accounts')
    .select('id')
    .where('role', '=', 'owner')
    .orderBy('id')
    .forUpdate()
    .execute()
  if (owners.length === 1 && owners[0]?.id === id) throw new LastOwner()
}

/** A new password ends every session. @throws AccountNotFound */
export async function setPassword(
  db: Kysely<Tables>,
  { id, passwordHash }: { id: string; passwordHash: string },
): Promise<void> {
  await db.transaction().execute(async (tx) => {
    const { numUpdatedRows } = await tx
      .updateTable('account_passwords')
      .set({ password: passwordHash, updated_at: new Date() })
      .where('account_id', '=', id)
      .where('provider', '=', 'credential')
      .executeTakeFirst()
    if (numUpdatedRows === 0n) throw new AccountNotFound(id)
    await tx.deleteFrom('account_sessions').where('account_id', '=', id).execute()
  })
}
