import { type Kysely, type RawBuilder, type Selectable, sql } from 'kysely'
import { json } from '../database/json.ts'
import { prepared } from '../database/prepared.ts'
import type { Tables } from '../database/tables.ts'
import type { ErrorRecord } from '../domain/app-error.ts'
import type { ProcessIdentity } from '../domain/process-identity.ts'
import type { Progress, StepKind, StepStatus } from '../domain/run.ts'
import type { ClaimedJob } from '../queue/job-queue.ts'
import type { JobRow } from '../queue/job-statements.ts'
import { type Run, toRun } from './runs.store.ts'

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

interface StepToInsert {
  id: string
  runId: string
  kind: StepKind
  subject: number
  /** The job that will carry it out; null for a step that will not be done, because what it builds on failed. */
  jobId: string | null
}

export async function insertSteps(tx: Kysely<Tables>, steps: readonly StepToInsert[]): Promise<void> {
  if (steps.length > 0) await sql`${prepared} ${inserting(steps)}`.execute(tx)
}

/** The same, with the statement that queues their jobs, and what then wakes the workers. One statement. */
export async function insertWithJobs(
  tx: Kysely<Tables>,
  {
    steps,
    jobs,
    telling,
  }: { steps: readonly StepToInsert[]; jobs: RawBuilder<{ name: string }>; telling: RawBuilder<unknown> },
): Promise<void> {
  if (steps.length === 0) return
  await sql`
    ${prepared} with sent as (${jobs}), begun as (${inserting(steps)})
    select ${telling} from sent group by name`.execute(tx)
}

function inserting(steps: readonly StepToInsert[]): RawBuilder<unknown> {
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
  return db
    .selectFrom('steps')
    .select(['id', 'kind', 'subject', 'status', 'job_id as jobId', 'attempts', 'error', 'progress', 'reused'])
    .select(['started_at as startedAt', 'finished_at as finishedAt'])
    .where('run_id', '=', runId)
    .orderBy('queued_at')
    .orderBy('subject')
    .execute()
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

/** How the steps of a run stand and no more: what is asked each time one ends. */
export interface Standing {
  steps: Pick<Step, 'kind' | 'subject' | 'status'>[]
  /** Length of the recording; 0 while it is not known. */
  mediaSeconds: number
}

/** Of several runs, by run. */
export async function getStandings(tx: Kysely<Tables>, runIds: readonly string[]): Promise<Map<string, Standing>> {
  const { rows } = await sql<{
    runId: string
    kind: StepKind
    status: StepStatus
    subjects: number[]
    seconds: number | null
  }>`
    ${prepared} select runs.id as "runId", kind, steps.status, array_agg(subject order by subject) as subjects,
      max(recordings.duration_seconds) as seconds
    from runs
    join steps on steps.run_id = runs.id
    left join recordings on recordings.id = runs.recording_id
    where runs.id = any(${runIds}::uuid[])
    group by runs.id, kind, steps.status
    order by min(queued_at)`.execute(tx)
  const standings = new Map<string, Standing>()
  for (const { runId, kind, status, subjects, seconds } of rows) {
    const standing = standings.get(runId) ?? { steps: [], mediaSeconds: seconds ?? 0 }
    standing.steps.push(...subjects.map((subject) => ({ kind, subject, status })))
    standings.set(runId, standing)
  }
  return standings
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

/** Steps that have not ended, of one run or of all. */
export async function getUnfinishedSteps(db: Kysely<Tables>, runId?: string): Promise<Step[]> {
  let query = db.selectFrom('steps').selectAll().where('status', 'in', ['queued', 'working'])
  if (runId !== undefined) query = query.where('run_id', '=', runId)
  return (await query.execute()).map(toStep)
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

/** A job that was taken, with its step and run as they are then; null when the step has ended meanwhile. */
export interface Begun {
  job: ClaimedJob
  step: Step | null
  run: Run | null
}

/**
 * Takes jobs and notes who begins their steps, in one statement: all of it or none. `claiming` is the statement that takes them.
 *
 * It does not wait for the disk. Should the database server lose its power before the log is written, the job waits again as if nobody had taken it;
 * but the log is written in order, so whatever is stored after a claim (a process that was started, a result) makes it last.
 */
export async function beginClaimed(
  db: Kysely<Tables>,
  { claiming, holder }: { claiming: RawBuilder<JobRow>; holder: ProcessIdentity },
): Promise<Begun[]> {
  const { rows } = await sql<BegunRow>`
    ${prepared} with claimed as (${claiming}),
    begun as (
      update steps set
        status = 'working', attempts = claimed.retry_count + 1, holder = ${json(holder)}, progress = 'null', started_at = ${new Date()}
      from claimed
      where steps.id = case when claimed.data->>'stepId' ~ ${uuidPattern} then (claimed.data->>'stepId')::uuid end
        and steps.status in ('queued', 'working')
      returning claimed.id as taken, steps.*
    )
    select begun.*, claimed.id as claimed, claimed.name, claimed.retry_count, to_jsonb(runs) as run
    from (select set_config('synchronous_commit', 'off', true)) as unhurried, claimed
    left join begun on begun.taken = claimed.id
    left join runs on runs.id = begun.run_id`.execute(db)
  return rows.map((row) => ({
    job: { name: row.name, id: row.claimed, retryCount: row.retry_count },
    step: row.run === null ? null : toStep(row),
    run: row.run === null ? null : toRun(row.run),
  }))
}

interface BegunRow extends Selectable<Tables['steps']> {
  claimed: string
  name: string
  retry_count: number
  run: Parameters<typeof toRun>[0] | null
}

const uuidPattern = '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$'

interface StepToComplete {
  id: string
  output: unknown
  reused: boolean
}

export async function completeSteps(tx: Kysely<Tables>, steps: readonly StepToComplete[]): Promise<void> {
  await completing(steps).execute(tx)
}

/** The same, with the statement that completes their jobs: returns the jobs it completed. One statement. */
export async function completeWithJobs(
  tx: Kysely<Tables>,
  { steps, jobs }: { steps: readonly StepToComplete[]; jobs: RawBuilder<{ id: string }> },
): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    ${prepared} with completed as (${jobs}), ended as (${completing(steps)})
    select id from completed`.execute(tx)
  return rows.map(({ id }) => id)
}

function completing(steps: readonly StepToComplete[]): RawBuilder<unknown> {
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
    .where('status', 'in', ['queued', 'working'])
    .execute()
}

/** Steps that failed or were cancelled wait again, each for a new job. */
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
      .where('status', 'in', ['failed', 'cancelled'])
      .execute()
  }
}

/** Forgets steps, so that they can be begun anew. */
export async function removeSteps(tx: Kysely<Tables>, ids: readonly string[]): Promise<void> {
  if (ids.length > 0) await tx.deleteFrom('steps').where('id', 'in', ids).execute()
}

export async function reportProgress(db: Kysely<Tables>, id: string, progress: Progress): Promise<void> {
  await db
    .updateTable('steps')
    .set({ progress: json(progress) })
    .where('id', '=', id)
    .where('status', '=', 'working')
    .execute()
}

function toStep(row: Selectable<Tables['steps']>): Step {
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
