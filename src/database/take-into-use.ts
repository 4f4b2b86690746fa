import { setTimeout as pause } from 'node:timers/promises'
import { Client } from 'pg'
import { AppError } from '../domain/app-error.ts'
import type { Database } from './connect.ts'
import { migrateUp, pendingMigrations } from './migrate.ts'

/** The advisory lock that says "I work with these tables": "clip" in ASCII, and 2. Held shared to use, alone to change. */
const lock = [0x636c6970, 2]

// A change of tables takes well under a second; who still holds the lock after this is an older Clipwright at work.
const patienceMs = 5000
const lookAgainMs = 50

export class DatabaseInUse extends AppError {
  readonly code = 'DATABASE_IN_USE'
  override readonly retry = 'later' as const
  constructor(pending: string[]) {
    super(
      `An older Clipwright still works on this database, which has to be brought up to date first (${pending.join(', ')}).`,
      {
        hint: 'Let it finish or stop it, then give the command again.',
      },
    )
  }
}

interface TakeIntoUseOptions {
  /** Folder of migrations; ours unless told. */
  folder?: string
  patienceMs?: number
}

/**
 * Brings the tables up to date and says on a connection of its own that they are in use, until it is disposed or the
 * process ends. Many may use them; they are changed only while nobody does. @throws DatabaseInUse and what `migrateUp` throws
 */
export async function takeIntoUse(
  { kysely, connection }: Pick<Database, 'kysely' | 'connection'>,
  { patienceMs: patience = patienceMs, ...where }: TakeIntoUseOptions = {},
): Promise<AsyncDisposable> {
  const client = new Client({ ...connection, application_name: 'clipwright in use' })
  // Losing it loses the lock, no more; what it guards is only the next change of tables.
  client.on('error', () => undefined)
  await client.connect()
  try {
    for (const deadline = Date.now() + patience; ; await pause(lookAgainMs)) {
      await client.query('select pg_advisory_lock_shared($1, $2)', lock)
      const pending = await pendingMigrations(kysely, where)
      if (pending.length === 0) return { [Symbol.asyncDispose]: () => client.end() }
      await client.query('select pg_advisory_unlock_shared($1, $2)', lock)
      const { rows } = await client.query<{ alone: boolean }>('select pg_try_advisory_lock($1, $2) as alone', lock)
      if (rows[0]?.alone) {
        await migrateUp(kysely, where)
        await client.query('select pg_advisory_unlock($1, $2)', lock)
      } else if (Date.now() > deadline) throw new DatabaseInUse(pending)
    }
  } catch (error) {
    await client.end().catch(() => undefined)
    throw error
  }
}
