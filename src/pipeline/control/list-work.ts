import type { Kysely } from 'kysely'
import type { Tables } from '../../database/tables.ts'
import type { ErrorRecord } from '../../domain/app-error.ts'
import type { RunStatus, StepKind, StepStatus } from '../../domain/run.ts'
import type { WorkerState } from '../../domain/worker.ts'
import { getPausedKinds } from '../../library/paused-kinds.store.ts'
import { listRuns, type RunPlace } from '../../library/runs.store.ts'
import { getStatesOfRuns } from '../../library/steps.store.ts'
import { getPlaces } from '../../queue/control-jobs.ts'
import { livingWorkers } from '../workers/worker-presence.ts'
import { describeStep } from './describe-step.ts'

/** A run and how it stands. */
export interface WorkItem {
  runId: string
  title: string
  status: RunStatus
  priority: number
  createdAt: Date
  /** Where it stands in the list. */
  place: string
  finishedAt: Date | null
  error: ErrorRecord | null
  /** Steps that are not done, in the order they were queued; how each stands, in words. */
  steps: { stepId: string; kind: StepKind; subject: number; status: StepStatus; says: string }[]
  done: number
}

export interface Work {
  items: WorkItem[]
  workers: WorkerState[]
  paused: StepKind[]
}

interface ListOptions {
  /** Only runs that stand so. */
  status?: RunStatus | undefined
  /** At most this many, the newest first. */
  limit: number
  /** Only what is older than this one. */
  before?: RunPlace | undefined
}

/** What is under way, what waits and for what, what failed and why. Five queries, however much there is. */
export async function listWork(db: Kysely<Tables>, { status, limit, before }: ListOptions): Promise<Work> {
  const [runs, workers, paused, places] = await Promise.all([
    listRuns(db, { status, limit, before }),
    livingWorkers(db),
    getPausedKinds(db),
    getPlaces(db),
  ])
  const states = await getStatesOfRuns(
    db,
    runs.map(({ id }) => id),
  )
  const works = (kind: StepKind, runId: string) =>
    workers.some(({ kinds, onlyRun }) => kinds.includes(kind) && (onlyRun === null || onlyRun === runId))
  const items = runs.map((run) => {
    const steps = states.get(run.id) ?? []
    return {
      runId: run.id,
      title: run.title,
      status: run.status,
      priority: run.priority,
      createdAt: run.createdAt,
      place: run.place,
      finishedAt: run.finishedAt,
      error: run.error,
      done: steps.filter((step) => step.status === 'done').length,
      steps: steps
        .filter((step) => step.status !== 'done')
        .map((step) => ({
          stepId: step.id,
          kind: step.kind,
          subject: step.subject,
          status: step.status,
          says: describeStep({
            ...step,
            queued: places.get(step.jobId) ?? null,
            isPaused: paused.has(step.kind),
            hasWorker: works(step.kind, run.id),
          }),
        })),
    }
  })
  return { items, workers, paused: [...paused] }
}
