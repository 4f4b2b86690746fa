import { type Kysely, type RawBuilder, type Selectable, sql } from 'kysely'
import { json } from '../database/json.ts'
import { prepared } from '../database/prepared.ts'
import type { Tables } from '../database/tables.ts'
import type { ProcessIdentity } from '../domain/process-identity.ts'
import type { ClaimedJob } from '../queue/claimed-job.ts'
import type { JobRow } from '../queue/job-statements.ts'
import { type Run, toRun } from './runs.store.ts'
import { type StatusesOfRun, type StatusRow, statusesOf, toStatuses } from './step-statuses.store.ts'
import {
  completingSteps,
  insertingSteps,
  type ProgressReport,
  type Step,
  type StepToComplete,
  type StepToInsert,
  storingProgress,
  toStep,
} from './steps.store.ts'

// What happens to steps and to their jobs in one statement each. The queue gives its half (`queue/job-statements.ts`).

/** Records steps, queues their jobs and tells the workers. */
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
    ${prepared} with sent as (${jobs}), begun as (${insertingSteps(steps)})
    select ${telling} from sent group by name`.execute(tx)
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

/**
 * Steps are done, and their jobs complete. Returns the jobs that were (one that is missing was no longer ours), and how the steps of the runs stood
 * just before.
 */
export async function completeWithJobs(
  tx: Kysely<Tables>,
  {
    steps,
    jobs,
    runIds,
  }: { steps: readonly StepToComplete[]; jobs: RawBuilder<{ id: string }>; runIds: readonly string[] },
): Promise<{ completed: Set<string>; before: Map<string, StatusesOfRun> }> {
  const { rows } = await sql<{ completed: string[]; statuses: StatusRow[] }>`
    ${prepared} with completed as (${jobs}), ended as (${completingSteps(steps)})
    select
      (select coalesce(array_agg(id), '{}') from completed) as completed,
      (select coalesce(json_agg(standing), '[]') from (${statusesOf(runIds)}) as standing) as statuses`.execute(tx)
  return { completed: new Set(rows[0]?.completed), before: toStatuses(rows[0]?.statuses ?? []) }
}

/**
 * Says that jobs are still worked on and how far their steps are, in one statement that waits for nobody, nor for the disk. Returns the jobs that are
 * not ours any more.
 */
export async function noteWork(
  db: Kysely<Tables>,
  {
    touching,
    lost,
    reports,
  }: { touching: RawBuilder<{ id: string }>; lost: RawBuilder<{ id: string }>; reports: readonly ProgressReport[] },
): Promise<Set<string>> {
  const { rows } = await sql<{ id: string | null }>`
    ${prepared} with touched as (${touching}), told as (${storingProgress(reports)})
    select lost.id from (select set_config('synchronous_commit', 'off', true)) as unhurried left join (${lost}) as lost on true`.execute(
    db,
  )
  return new Set(rows.flatMap(({ id }) => id ?? []))
}
