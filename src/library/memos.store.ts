import type { Kysely } from 'kysely'
import { json } from '../database/json.ts'
import type { Tables } from '../database/tables.ts'
import type { StepKind } from '../domain/run.ts'

/** What a step with the same key put out before, or null. */
export async function findMemo(db: Kysely<Tables>, key: string): Promise<{ output: unknown } | null> {
  const row = await db.selectFrom('memos').select('output').where('key', '=', key).executeTakeFirst()
  return row ?? null
}

export async function saveMemo(
  tx: Kysely<Tables>,
  { key, kind, output }: { key: string; kind: StepKind; output: unknown },
): Promise<void> {
  await tx
    .insertInto('memos')
    .values({ key, kind, output: json(output) })
    .onConflict((conflict) => conflict.column('key').doUpdateSet({ output: json(output) }))
    .execute()
}
