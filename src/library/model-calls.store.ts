import { type Kysely, sql, type Transaction } from 'kysely'
import { json } from '../database/json.ts'
import type { Tables } from '../database/tables.ts'
import type { ErrorRecord } from '../domain/app-error.ts'
import type { CallOutcome } from '../domain/model-call.ts'
import type { ProcessIdentity } from '../domain/process-identity.ts'

/** A call that is about to be made. */
export interface CallToBegin {
  provider: string
  model: string
  /** What it is for, e.g. `moments`. */
  purpose: string
  promptVersion: string
  /** SHA-256 of all that shapes the answer. */
  contentKey: string
  recordingId: string | null
  runId: string | null
  holder: ProcessIdentity
  /** The most it can cost: set aside until it is known. */
  reservedTokens: number
  reservedUsd: number
}

export interface CallEnd {
  id: string
  outcome: Exclude<CallOutcome, 'pending'>
  /** Null when the provider did not say. */
  inputTokens?: number | null
  outputTokens?: number | null
  costUsd?: number | null
  httpStatus?: number | null
  /** Without secrets. */
  error?: ErrorRecord | null
  /** Only, and always, when answered. */
  answer?: unknown
  /** Before this time the provider wants no further call. */
  retryAt?: Date | null
}

export interface RecentCall {
  id: string
  outcome: CallOutcome
  begunAt: Date
  endedAt: Date | null
  retryAt: Date | null
  error: ErrorRecord | null
}

/** What calls are for: words that are read, or speech that is heard. Each has a budget and limits of its own. */
export type CallKind = 'words' | 'speech'

/** Purpose of a call that sends a stretch of sound to be heard. */
export const hearing = 'transcription'

export interface Spent {
  tokens: number
  /** US dollars. */
  usd: number
}

/** "clip" in ASCII, as all our advisory locks; and the number of this one. */
const lock = [0x636c6970, 4] as const

/** Lets one transaction at a time decide whether a call may be made, over all processes; held until it ends. */
export async function lockModelCalls(tx: Transaction<Tables>): Promise<void> {
  await sql`select pg_advisory_xact_lock(${lock[0]}, ${lock[1]})`.execute(tx)
}

/** The time all processes agree on, whatever the clocks of their machines say. */
export async function databaseTime(db: Kysely<Tables>): Promise<Date> {
  const { rows } = await sql<{ now: Date }>`select clock_timestamp() as now`.execute(db)
  return rows[0]?.now ?? new Date()
}

/** Writes a call down as pending. Returns its id. */
export async function beginModelCall(tx: Kysely<Tables>, call: CallToBegin, now: Date): Promise<string> {
  const { id } = await tx
    .insertInto('model_calls')
    .values({
      provider: call.provider,
      model: call.model,
      purpose: call.purpose,
      prompt_version: call.promptVersion,
      content_key: call.contentKey,
      recording_id: call.recordingId,
      run_id: call.runId,
      outcome: 'pending',
      holder: json(call.holder),
      reserved_tokens: call.reservedTokens,
      reserved_usd: call.reservedUsd,
      begun_at: now,
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  return id
}

/** Writes down how a pending call ended. False when it had ended already, as when another process took it for lost. */
export async function endModelCall(tx: Kysely<Tables>, end: CallEnd, now: Date): Promise<boolean> {
  const { numUpdatedRows } = await tx
    .updateTable('model_calls')
    .set({
      outcome: end.outcome,
      input_tokens: end.inputTokens ?? null,
      output_tokens: end.outputTokens ?? null,
      cost_usd: end.costUsd ?? null,
      http_status: end.httpStatus ?? null,
      error: end.error ? json(end.error) : null,
      answer: end.outcome === 'answered' ? json(end.answer) : null,
      retry_at: end.retryAt ?? null,
      ended_at: sql<Date>`greatest(begun_at, ${now})`,
    })
    .where('id', '=', end.id)
    .where('outcome', '=', 'pending')
    .executeTakeFirst()
  return numUpdatedRows > 0n
}

/** The calls of a provider since a time, newest first. */
export async function getRecentCalls(
  db: Kysely<Tables>,
  { provider, since }: { provider: string; since: Date },
): Promise<RecentCall[]> {
  const rows = await db
    .selectFrom('model_calls')
    .select(['id', 'outcome', 'begun_at', 'ended_at', 'retry_at', 'error'])
    .where('provider', '=', provider)
    .where('begun_at', '>=', since)
    .orderBy('begun_at', 'desc')
    .orderBy('id')
    .limit(500)
    .execute()
  return rows.map((row) => ({
    id: row.id,
    outcome: row.outcome,
    begunAt: row.begun_at,
    endedAt: row.ended_at,
    retryAt: row.retry_at,
    error: row.error,
  }))
}

/** What calls have cost since a time, of one recording or of all. What is pending or lost counts with all that was set aside for it. */
export async function sumSpent(
  db: Kysely<Tables>,
  { kind, since, recordingId }: { kind: CallKind; since?: Date; recordingId?: string },
): Promise<Spent> {
  let query = db.selectFrom('model_calls').select([
    sql<number>`coalesce(sum(case when outcome in ('pending', 'lost', 'timed-out', 'cancelled') then reserved_tokens
        else coalesce(input_tokens, 0) + coalesce(output_tokens, 0) end), 0)::float8`.as('tokens'),
    sql<number>`coalesce(sum(case when outcome in ('pending', 'lost', 'timed-out', 'cancelled') then reserved_usd
        else coalesce(cost_usd, 0) end), 0)::float8`.as('usd'),
  ])
  query = query.where('purpose', kind === 'speech' ? '=' : '<>', hearing)
  if (since !== undefined) query = query.where('begun_at', '>=', since)
  if (recordingId !== undefined) query = query.where('recording_id', '=', recordingId)
  return query.executeTakeFirstOrThrow()
}

/** The newest answer to exactly this question, if it is not older than `since`; `id` is its call's. */
export async function findAnswer(
  db: Kysely<Tables>,
  { contentKey, since }: { contentKey: string; since: Date | null },
): Promise<{ id: string; answer: unknown } | null> {
  let query = db
    .selectFrom('model_calls')
    .select(['id', 'answer'])
    .where('content_key', '=', contentKey)
    .where('outcome', '=', 'answered')
  if (since !== null) query = query.where('begun_at', '>=', since)
  const row = await query.orderBy('begun_at', 'desc').executeTakeFirst()
  return row ?? null
}

/** An answer that was kept has spared a call. */
export async function noteReuse(db: Kysely<Tables>, callId: string): Promise<void> {
  await db.insertInto('model_reuses').values({ call_id: callId }).execute()
}

/** How often our process ended while this very question was being asked. */
export async function countLostCalls(db: Kysely<Tables>, contentKey: string): Promise<number> {
  const { count } = await db
    .selectFrom('model_calls')
    .select((select) => select.fn.countAll<number>().as('count'))
    .where('content_key', '=', contentKey)
    .where('outcome', '=', 'lost')
    .executeTakeFirstOrThrow()
  return Number(count)
}

/** Calls that are being made, or whose process ended before it could say more. */
export async function getPendingCalls(
  db: Kysely<Tables>,
  { kind }: { kind: CallKind },
): Promise<{ id: string; holder: ProcessIdentity | null; begunAt: Date }[]> {
  const rows = await db
    .selectFrom('model_calls')
    .select(['id', 'holder', 'begun_at'])
    .where('outcome', '=', 'pending')
    .where('purpose', kind === 'speech' ? '=' : '<>', hearing)
    .orderBy('begun_at')
    .execute()
  return rows.map(({ id, holder, begun_at }) => ({ id, holder, begunAt: begun_at }))
}
