import { type Kysely, sql } from 'kysely'
import type { Tables } from '../database/tables.ts'
import type { StepKind } from '../domain/run.ts'

/** The channel on which a pause and its end are told. */
export const pausesChannel = 'clipwright_pauses'

/** From now on no worker begins steps of these kinds; false for those that were paused already. Told when `tx` commits. */
export async function pauseKind(tx: Kysely<Tables>, kind: StepKind, by: string): Promise<boolean> {
  const row = await tx
    .insertInto('paused_kinds')
    .values({ kind, created_by: by })
    .onConflict((conflict) => conflict.doNothing())
    .returning('kind')
    .executeTakeFirst()
  await tell(tx)
  return row !== undefined
}

/** False when it was not paused. */
export async function resumeKind(tx: Kysely<Tables>, kind: StepKind): Promise<boolean> {
  const row = await tx.deleteFrom('paused_kinds').where('kind', '=', kind).returning('kind').executeTakeFirst()
  await tell(tx)
  return row !== undefined
}

export async function getPausedKinds(db: Kysely<Tables>): Promise<Set<StepKind>> {
  const rows = await db.selectFrom('paused_kinds').select('kind').execute()
  return new Set(rows.map(({ kind }) => kind))
}

async function tell(tx: Kysely<Tables>): Promise<void> {
  await sql`select pg_notify(${pausesChannel}, '')`.execute(tx)
}
