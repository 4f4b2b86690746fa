import { type Kysely, type RawBuilder, type Selectable, sql } from 'kysely'
import { json } from '../database/json.ts'
import { prepared } from '../database/prepared.ts'
import type { Tables } from '../database/tables.ts'
import type { ErrorRecord } from '../domain/app-error.ts'
import type { ProcessIdentity } from '../domain/process-identity.ts'
import type { Progress, StepKind, StepStatus } from '../domain/run.ts'

/** One step of a run, carried out by a job of the queue. */
export interface Step {
  id: string
  runId: string
  kind: StepKind
  /** The rank of the moment it is about; 0 when it is about the whole recording. */
  subject: number
  status: StepStatus
  jobId: string
  /** How often it was begun. */
  attempts: number
  holder: ProcessIdentity | null
  progress: Progress | null
  /** Its result was there already, made by an earlier run. */
  reused: boolean
  output: unknown
  error: ErrorRecord | null
  queuedAt: Date
  startedAt: Date | null
  finishedAt: Date | null
}

export type StepState = Pick<
  Step,
  | 'id'
  | 'kind'
  | 'subject'
  | 'status'
  | 'jobId'
  | 'attempts'
  | 'error'
  | 'progress'
  | 'reused'
  | 'startedAt'
  | 'finishedAt'
>

export interface StepToInsert {
  id: string
  runId: string
  kind: StepKind
  subject: number
  /** The job that will carry it out; null for a step that will not be done, because what it builds on failed. */
  jobId: string | null
}

export async function insertSteps(tx: Kysely<Tables>, steps: readonly StepToInsert[]): Promise<void> {
  if (steps.length > 0) await sql`${prepared} ${insertingSteps(steps)}`.execute(tx)
}

/** The statement of it, for one that does more. */
export function insertingSteps(steps: readonly StepToInsert[]): RawBuilder<unknown> {
  return sql`
    insert into steps (id, run_id, kind, subject, job_id, status, finished_at, holder, progress, output, error)
    select id, "runId", kind, subject, coalesce("jobId", id), case when "jobId" is null then 'skipped' else 'queued' end,
      case when "jobId" is null then ${new Date()}::timestamptz end, 'null', 'null', 'null', 'null'
    from jsonb_to_recordset(${json(steps)}) as step (id uuid, "runId" uuid, kind text, subject int, "jobId" uuid)`
}

const empty = { holder: json(null), progress: json(null), output: json(null), error: json(null) }

export async function getStep(db: Kysely<Tables>, id: string): Promise<Step | null> {
  const row = await db.selectFrom('steps').selectAll().where('id', '=', id).executeTakeFirst()
  return row ? toStep(row) : null
}

export async function getStepsOfRun(db: Kysely<Tables>, runId: string): Promise<Step[]> {
  const rows = await db
    .selectFrom('steps')
    .selectAll()
    .where('run_id', '=', runId)
    .orderBy('queued_at')
    .orderBy('subject')
    .execute()
  return rows.map(toStep)
}

/** The steps of a run without what they made, which can be large. */
export async function getStepStates(db: Kysely<Tables>, runId: string): Promise<StepState[]> {
  return (await getStatesOfRuns(db, [runId])).get(runId) ?? []
}

/** The same of several runs, by run. */
export async function getStatesOfRuns(
  db: Kysely<Tables>,
  runIds: readonly string[],
): Promise<Map<string, StepState[]>> {
  if (runIds.length === 0) return new Map()
  const rows = await db
    .selectFrom('steps')
    .select([
      'id',
      'run_id as runId',
      'kind',
      'subject',
      'status',
      'job_id as jobId',
      'attempts',
      'error',
      'progress',
      'reused',
    ])
    .select(['started_at as startedAt', 'finished_at as finishedAt'])
    .where('run_id', 'in', runIds)
    .orderBy('queued_at')
    .orderBy('subject')
    .execute()
  return Map.groupBy(rows, ({ runId }) => runId)
}

/** What a step made; undefined while it has not ended well. */
export async function findOutput(
  db: Kysely<Tables>,
  { runId, kind, subject }: Pick<Step, 'runId' | 'kind' | 'subject'>,
): Promise<unknown> {
  const row = await db
    .selectFrom('steps')
    .select('output')
    .where('run_id', '=', runId)
    .where('kind', '=', kind)
    .where('subject', '=', subject)
    .executeTakeFirst()
  return row?.output
}

/** Steps that someone began and nobody ended. */
export async function getWorkingSteps(db: Kysely<Tables>): Promise<Step[]> {
  const rows = await db.selectFrom('steps').selectAll().where('status', '=', 'working').execute()
  return rows.map(toStep)
}

/** How many steps have not ended, of these kinds or of all. */
export async function countUnfinishedSteps(db: Kysely<Tables>, kinds?: readonly StepKind[]): Promise<number> {
  let query = db
    .selectFrom('steps')
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .where('status', 'in', ['queued', 'working'])
  if (kinds !== undefined) query = query.where('kind', 'in', kinds)
  return (await query.executeTakeFirstOrThrow()).count
}

export interface StepToComplete {
  id: string
  output: unknown
  reused: boolean
}

export async function completeSteps(tx: Kysely<Tables>, steps: readonly StepToComplete[]): Promise<void> {
  await completingSteps(steps).execute(tx)
}

/** The statement of it, for one that does more. */
export function completingSteps(steps: readonly StepToComplete[]): RawBuilder<unknown> {
  return sql`
    update steps set
      status = 'done', output = coalesce(ended.output, 'null'), reused = ended.reused, error = 'null', finished_at = ${new Date()}
    from jsonb_to_recordset(${json(steps)}) as ended (id uuid, output jsonb, reused boolean)
    where steps.id = ended.id`
}

export async function failStep(tx: Kysely<Tables>, { id, error }: { id: string; error: ErrorRecord }): Promise<void> {
  await tx
    .updateTable('steps')
    .set({ status: 'failed', error: json(error), holder: json(null), finished_at: new Date() })
    .where('id', '=', id)
    .where('status', 'in', ['queued', 'working'])
    .execute()
}

/** Puts a step back in the queue; `error` says why the attempt before ended. */
export async function requeueStep(
  tx: Kysely<Tables>,
  { id, error }: { id: string; error: ErrorRecord | null },
): Promise<void> {
  await tx
    .updateTable('steps')
    .set({ status: 'queued', holder: json(null), progress: json(null), error: json(error) })
    .where('id', '=', id)
    .where('status', 'in', ['queued', 'working'])
    .execute()
}

export async function cancelSteps(tx: Kysely<Tables>, ids: string[]): Promise<void> {
  if (ids.length === 0) return
  await tx
    .updateTable('steps')
    .set({ status: 'cancelled', holder: json(null), finished_at: new Date() })
    .where('id', 'in', ids)
    .where('status', 'in', ['queued', 'working', 'needs-transcript'])
    .execute()
}

/** Steps that failed, were cancelled or needed a transcript wait again, each for a new job. */
export async function reopenSteps(tx: Kysely<Tables>, steps: readonly { id: string; jobId: string }[]): Promise<void> {
  for (const { id, jobId } of steps) {
    await tx
      .updateTable('steps')
      .set({
        ...empty,
        status: 'queued',
        job_id: jobId,
        attempts: 0,
        reused: false,
        started_at: null,
        finished_at: null,
      })
      .set({ queued_at: new Date() })
      .where('id', '=', id)
      .where('status', 'in', ['failed', 'cancelled', 'needs-transcript'])
      .execute()
  }
}

/** Forgets steps, so that they can be begun anew. */
export async function removeSteps(tx: Kysely<Tables>, ids: readonly string[]): Promise<void> {
  if (ids.length > 0) await tx.deleteFrom('steps').where('id', 'in', ids).execute()
}

/** How far an attempt at a step is. */
export interface ProgressReport {
  id: string
  job: { id: string; retryCount: number }
  progress: Progress
}

/**
 * Stores how far attempts are, where they are the ones that work on their steps; part of a larger statement. A step whose row somebody just changes is
 * left out: it is ending, and who writes of several at once must never wait for one of them.
 */
export function storingProgress(reports: readonly ProgressReport[]): RawBuilder<unknown> {
  return sql`
    update steps set progress = told.progress
    from (
      select steps.id, report.progress
      from steps join jsonb_to_recordset(${json(reports)}) as report (id uuid, job jsonb, progress jsonb) on report.id = steps.id
      where steps.status = 'working' and steps.job_id = (report.job->>'id')::uuid
        and steps.attempts = (report.job->>'retryCount')::int + 1
      for no key update of steps skip locked
    ) as told
    where steps.id = told.id`
}

export function toStep(row: Selectable<Tables['steps']>): Step {
  return {
    id: row.id,
    runId: row.run_id,
    kind: row.kind,
    subject: row.subject,
    status: row.status,
    jobId: row.job_id,
    attempts: row.attempts,
    holder: row.holder,
    progress: row.progress,
    reused: row.reused,
    output: row.output,
    error: row.error,
    queuedAt: row.queued_at,
    startedAt: row.started_at,
    finishedAt: row.finished_at,
  }
}
