import { type Kysely, sql } from 'kysely'
import { json } from '../database/json.ts'
import type { Tables } from '../database/tables.ts'

export interface LibrarySetting {
  name: string
  /** As it was stored; parse it. */
  value: unknown
  at: Date
  by: string
}

/** What the library has defaults of its own for, by name. */
export async function getLibrarySettings(db: Kysely<Tables>): Promise<LibrarySetting[]> {
  return db
    .selectFrom('library_settings')
    .select(['name', 'value', 'updated_at as at', 'updated_by as by'])
    .orderBy('name')
    .execute()
}

/** Keeps other changes of settings out until the transaction ends, so that what goes together is decided one by one. */
export async function lockLibrarySettings(tx: Kysely<Tables>): Promise<void> {
  await sql`lock table library_settings in share row exclusive mode`.execute(tx)
}

export async function saveLibrarySetting(
  tx: Kysely<Tables>,
  { name, value, by }: { name: string; value: unknown; by: string },
): Promise<void> {
  const text = json(value)
  await tx
    .insertInto('library_settings')
    .values({ name, value: text, created_by: by, updated_by: by })
    .onConflict((conflict) =>
      conflict.column('name').doUpdateSet({ value: text, updated_at: sql<Date>`now()`, updated_by: by }),
    )
    .execute()
}

/** It is as usual again. False when it was. */
export async function removeLibrarySetting(tx: Kysely<Tables>, name: string): Promise<boolean> {
  const { numDeletedRows } = await tx.deleteFrom('library_settings').where('name', '=', name).executeTakeFirst()
  return numDeletedRows > 0n
}
