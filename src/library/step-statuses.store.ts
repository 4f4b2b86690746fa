import { type Kysely, type RawBuilder, sql } from 'kysely'
import { prepared } from '../database/prepared.ts'
import type { Tables } from '../database/tables.ts'
import type { StepKind, StepStatus } from '../domain/run.ts'
import type { Step } from './steps.store.ts'

/** How the steps of a run stand and no more: what is asked each time one ends. */
export interface StatusesOfRun {
  steps: Pick<Step, 'kind' | 'subject' | 'status'>[]
  /** Length of the recording; 0 while it is not known. */
  mediaSeconds: number
}

/** Of several runs, by run. */
export async function getStatusesOfRuns(
  tx: Kysely<Tables>,
  runIds: readonly string[],
): Promise<Map<string, StatusesOfRun>> {
  if (runIds.length === 0) return new Map()
  const { rows } = await sql<StatusRow>`${prepared} ${statusesOf(runIds)}`.execute(tx)
  return toStatuses(rows)
}

/** Steps of one run, kind and status; part of a larger statement, too. */
export interface StatusRow {
  runId: string
  kind: StepKind
  status: StepStatus
  subjects: number[]
  /** Length of the run's recording; null while it is not known. */
  seconds: number | null
}

export function statusesOf(runIds: readonly string[]): RawBuilder<StatusRow> {
  return sql`
    select runs.id as "runId", kind, steps.status, array_agg(subject order by subject) as subjects,
      max(recordings.duration_seconds) as seconds
    from runs
    join steps on steps.run_id = runs.id
    left join recordings on recordings.id = runs.recording_id
    where runs.id = any(${runIds}::uuid[])
    group by runs.id, kind, steps.status
    order by min(queued_at)`
}

export function toStatuses(rows: readonly StatusRow[]): Map<string, StatusesOfRun> {
  const statuses = new Map<string, StatusesOfRun>()
  for (const { runId, kind, status, subjects, seconds } of rows) {
    const ofRun = statuses.get(runId) ?? { steps: [], mediaSeconds: seconds ?? 0 }
    ofRun.steps.push(...subjects.map((subject) => ({ kind, subject, status })))
    statuses.set(runId, ofRun)
  }
  return statuses
}
