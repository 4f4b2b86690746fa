import { type Kysely, sql } from 'kysely'
import type { Tables } from '../database/tables.ts'
import type { ErrorRecord } from '../domain/app-error.ts'
import type { StepKind } from '../domain/run.ts'
import { deadLetters, queueSchema } from '../queue/queue-schema.ts'

/** A step that failed for good, and waits for somebody to look at it. */
export interface DeadLetter {
  stepId: string
  kind: StepKind
  /** The rank of the moment it is about; 0 for the whole recording. */
  subject: number
  runId: string
  title: string
  error: ErrorRecord | null
  /** How often it was tried. */
  tries: number
  failedAt: Date
  /** The same as the database writes it: where it stands in the list. */
  place: string
}

interface WhichLetters {
  kind?: StepKind | undefined
  /** Only what no newer run of the same recording has made good, or is about to. */
  current?: boolean | undefined
}

interface ListOptions extends WhichLetters {
  limit: number
  /** Only what failed before this one. */
  before?: { at: string; id: string } | undefined
}

/** What failed for good, the newest first. The queue's own dead letters are what it is read from: there are few of them, and each names its step. */
export async function listDeadLetters(
  db: Kysely<Tables>,
  { limit, before, ...which }: ListOptions,
): Promise<DeadLetter[]> {
  const { rows } = await sql<DeadLetter>`
    select s.id as "stepId", s.kind, s.subject, s.run_id as "runId", coalesce(c.title, r.settings->>'title', '') as title,
      s.error, s.attempts as tries, s.finished_at as "failedAt", s.finished_at::text as place
    ${lettersThat(which)}
      ${before === undefined ? sql`` : sql`and (s.finished_at, s.id) < (${before.at}::timestamptz, ${before.id}::uuid)`}
    order by s.finished_at desc, s.id desc
    limit ${limit}`.execute(db)
  return rows
}

export async function countDeadLetters(db: Kysely<Tables>, which: WhichLetters): Promise<number> {
  const { rows } = await sql<{ count: number }>`select count(*)::int as count ${lettersThat(which)}`.execute(db)
  return rows[0]?.count ?? 0
}

function lettersThat({ kind, current = false }: WhichLetters) {
  return sql`
    from (
      select distinct (data->>'stepId')::uuid as step_id from ${sql.table(`${queueSchema}.job`)} where name = ${deadLetters}
    ) dead
    join steps s on s.id = dead.step_id and s.status = 'failed'
    join runs r on r.id = s.run_id
    left join recordings c on c.id = r.recording_id
    where true
      ${kind === undefined ? sql`` : sql`and s.kind = ${kind}`}
      ${current ? sql`and not ${madeGood}` : sql``}`
}

// A recording that was never read has only its place to be known by.
const madeGood = sql`(case
  when r.recording_id is null then exists (
    select from runs n where n.created_at > r.created_at and n.status in ('done', 'working')
      and n.settings->>'path' = r.settings->>'path')
  else exists (
    select from runs n where n.created_at > r.created_at and n.status in ('done', 'working')
      and n.recording_id = r.recording_id)
end)`
