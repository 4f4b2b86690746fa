import type { Kysely } from 'kysely'
import type { Tables } from '../../database/tables.ts'
import type { ErrorRecord } from '../../domain/app-error.ts'
import type { RunStatus, StepKind, StepStatus } from '../../domain/run.ts'
import type { WorkerState } from '../../domain/worker.ts'
import { type ListedRun, listRuns, type RunPlace, type WhichRuns } from '../../library/runs.store.ts'
import { getStatesOfRuns, type StepState } from '../../library/steps.store.ts'
import { lookAtQueue, type QueueInView, standingOf } from './look-at-queue.ts'
import type { Standing } from './standing.ts'

/** A run and how it stands. */
export interface WorkItem extends Standing {
  runId: string
  title: string
  /** Null until the recording is known. */
  recordingId: string | null
  status: RunStatus
  priority: number
  createdAt: Date
  /** Where it stands in the list. */
  place: string
  finishedAt: Date | null
  error: ErrorRecord | null
  /** Steps that are not done, in the order they were queued, and how each stands. */
  steps: ({ stepId: string; kind: StepKind; subject: number; status: StepStatus } & Standing)[]
  done: number
}

export interface Work {
  items: WorkItem[]
  workers: WorkerState[]
  paused: StepKind[]
}

interface ListOptions extends WhichRuns {
  /** At most this many, the newest first unless told. */
  limit: number
  sort?: 'newest' | 'oldest' | undefined
  /** Only what comes after this one. */
  before?: RunPlace | undefined
}

/** What is under way, what waits and for what, what failed and why. Six queries, however much there is. */
export async function listWork(db: Kysely<Tables>, which: ListOptions): Promise<Work> {
  const [runs, queue] = await Promise.all([listRuns(db, which), lookAtQueue(db)])
  const states = await getStatesOfRuns(
    db,
    runs.map(({ id }) => id),
  )
  const items = runs.map((run) => toItem(run, states.get(run.id) ?? [], queue))
  return { items, workers: [...queue.workers], paused: [...queue.paused] }
}

function toItem(run: ListedRun, states: readonly StepState[], queue: QueueInView): WorkItem {
  const standing = standingOf(run, states, { queue })
  const { id, title, recordingId, status, priority, createdAt, place, finishedAt, error } = run
  return {
    ...{ runId: id, title, recordingId, status, priority, createdAt, place, finishedAt, error },
    ...standing.run,
    done: states.filter((step) => step.status === 'done').length,
    steps: standing.steps
      .filter((step) => step.status !== 'done')
      .map((step) => ({
        ...{ stepId: step.id, kind: step.kind, subject: step.subject, status: step.status },
        ...step.standing,
      })),
  }
}
