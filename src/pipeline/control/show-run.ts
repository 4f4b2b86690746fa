import type { Kysely } from 'kysely'
import type { Tables } from '../../database/tables.ts'
import type { StepKind, StepStatus } from '../../domain/run.ts'
import { type FailedAttempt, getFailedAttempts } from '../../library/failed-attempts.store.ts'
import { getListedRun, type ListedRun } from '../../library/runs.store.ts'
import { getStatesOfRuns } from '../../library/steps.store.ts'
import { lookAtQueue, standingOf } from './look-at-queue.ts'
import type { Standing } from './standing.ts'

/** A try that failed, and how long it took, seconds. */
export type TimedAttempt = FailedAttempt & { seconds: number | null }

/** A run with all its steps, and how each attempt at one failed. */
export interface RunInView extends ListedRun, Standing {
  steps: ({
    stepId: string
    kind: StepKind
    subject: number
    status: StepStatus
    attempts: TimedAttempt[]
  } & Standing)[]
}

/** @throws RunNotFound */
export async function showRun(db: Kysely<Tables>, runId: string): Promise<RunInView> {
  const run = await getListedRun(db, runId)
  const [states, attempts, queue] = await Promise.all([
    getStatesOfRuns(db, [runId]),
    getFailedAttempts(db, runId),
    lookAtQueue(db),
  ])
  const standing = standingOf(run, states.get(runId) ?? [], { queue })
  const steps = standing.steps.map((step) => ({
    ...{ stepId: step.id, kind: step.kind, subject: step.subject, status: step.status },
    ...step.standing,
    attempts: (attempts.get(step.id) ?? []).map(timeAttempt),
  }))
  return { ...run, ...standing.run, steps }
}

export function timeAttempt(attempt: FailedAttempt): TimedAttempt {
  const { startedAt, endedAt } = attempt
  return { ...attempt, seconds: startedAt === null ? null : (endedAt.getTime() - startedAt.getTime()) / 1000 }
}
