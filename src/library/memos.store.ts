import { type Kysely, sql } from 'kysely'
import { json } from '../database/json.ts'
import { prepared } from '../database/prepared.ts'
import type { Tables } from '../database/tables.ts'
import type { StepKind } from '../domain/run.ts'

/** What a step with the same key put out before, or null. */
export async function findMemo(db: Kysely<Tables>, key: string): Promise<{ output: unknown } | null> {
  const row = await db.selectFrom('memos').select('output').where('key', '=', key).executeTakeFirst()
  return row ?? null
}

/** Of two with the same key the later one is kept. */
export async function saveMemos(
  tx: Kysely<Tables>,
  memos: readonly { key: string; kind: StepKind; output: unknown }[],
): Promise<void> {
  if (memos.length === 0) return
  const distinct = new Map(memos.map((memo) => [memo.key, memo]))
  await sql`
    ${prepared} insert into memos (key, kind, output)
    select key, kind, coalesce(output, 'null') from jsonb_to_recordset(${json([...distinct.values()])}) as memo (key text, kind text, output jsonb)
    on conflict (key) do update set output = excluded.output`.execute(tx)
}
