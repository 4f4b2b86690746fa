import { type Kysely, sql } from 'kysely'
import { json } from '../database/json.ts'
import type { Tables } from '../database/tables.ts'

/** Which sound was heard, and by whom: content, never rows of ours. */
export interface Hearing {
  /** Content hash of the media file. */
  recordingHash: string
  /** Names everything that could change an answer. */
  engine: string
}

/** In whole milliseconds of the recording. */
export interface WindowSpan {
  startMs: number
  endMs: number
}

/** What was heard in a window before, as it was stored; null when it was not, or the engine broke on it. */
export async function findHeard(db: Kysely<Tables>, hearing: Hearing, span: WindowSpan): Promise<unknown> {
  const row = await db
    .selectFrom('heard_windows')
    .select('answer')
    .where('recording_hash', '=', hearing.recordingHash)
    .where('engine', '=', hearing.engine)
    .where('start_ms', '=', span.startMs)
    .where('end_ms', '=', span.endMs)
    .executeTakeFirst()
  return row?.answer ?? null
}

/** Which windows have been heard. */
export async function getHeardSpans(db: Kysely<Tables>, hearing: Hearing): Promise<WindowSpan[]> {
  const rows = await db
    .selectFrom('heard_windows')
    .select(['start_ms', 'end_ms'])
    .where('recording_hash', '=', hearing.recordingHash)
    .where('engine', '=', hearing.engine)
    .where('answer', 'is not', null)
    .execute()
  return rows.map((row) => ({ startMs: row.start_ms, endMs: row.end_ms }))
}

/** Keeps an answer; `usd` is what it cost. */
export async function saveHeard(
  db: Kysely<Tables>,
  { hearing, span, answer, usd }: { hearing: Hearing; span: WindowSpan; answer: object; usd: number },
): Promise<void> {
  await db
    .insertInto('heard_windows')
    .values({ ...keyOf(hearing, span), answer: json(answer), broken: 0, reason: null, usd })
    .onConflict((conflict) =>
      conflict.columns(keyColumns).doUpdateSet({ answer: json(answer), usd, heard_at: new Date() }),
    )
    .execute()
}

/** Notes that the engine broke on a window. An answer that is there stays. */
export async function saveBroken(
  db: Kysely<Tables>,
  { hearing, span, reason }: { hearing: Hearing; span: WindowSpan; reason: string },
): Promise<void> {
  await db
    .insertInto('heard_windows')
    .values({ ...keyOf(hearing, span), answer: null, broken: 1, reason, usd: 0 })
    .onConflict((conflict) =>
      conflict.columns(keyColumns).doUpdateSet({ broken: sql<number>`heard_windows.broken + 1`, reason }),
    )
    .execute()
}

/** How often the engine broke on this recording. It only rises, so that it can tell one hearing from a later one. */
export async function countBroken(db: Kysely<Tables>, hearing: Hearing): Promise<number> {
  const { total } = await db
    .selectFrom('heard_windows')
    .select((expression) => expression.fn.coalesce(expression.fn.sum<string>('broken'), sql<string>`0`).as('total'))
    .where('recording_hash', '=', hearing.recordingHash)
    .where('engine', '=', hearing.engine)
    .where('broken', '>', 0)
    .executeTakeFirstOrThrow()
  return Number(total)
}

const keyColumns = ['recording_hash', 'engine', 'start_ms', 'end_ms'] as const

function keyOf({ recordingHash, engine }: Hearing, { startMs, endMs }: WindowSpan) {
  return { recording_hash: recordingHash, engine, start_ms: startMs, end_ms: endMs }
}
