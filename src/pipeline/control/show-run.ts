import type { Kysely } from 'kysely'
import type { Tables } from '../../database/tables.ts'
import type { StepKind, StepStatus } from '../../domain/run.ts'
import { type FailedAttempt, getFailedAttempts } from '../../library/failed-attempts.store.ts'
import { getPausedKinds } from '../../library/paused-kinds.store.ts'
import { getListedRun, type ListedRun } from '../../library/runs.store.ts'
import { getStatesOfRuns } from '../../library/steps.store.ts'
import { getPlaces } from '../../queue/control-jobs.ts'
import { livingWorkers } from '../workers/worker-presence.ts'
import { describeStep } from './describe-step.ts'

/** A run with all its steps, and how each attempt at one failed. */
export interface RunInView extends ListedRun {
  steps: {
    stepId: string
    kind: StepKind
    subject: number
    status: StepStatus
    says: string
    attempts: (FailedAttempt & { seconds: number | null })[]
  }[]
}

/** @throws RunNotFound */
export async function showRun(db: Kysely<Tables>, runId: string): Promise<RunInView> {
  const run = await getListedRun(db, runId)
  const [states, attempts, paused, places, workers] = await Promise.all([
    getStatesOfRuns(db, [runId]),
    getFailedAttempts(db, runId),
    getPausedKinds(db),
    getPlaces(db),
    livingWorkers(db),
  ])
  const steps = (states.get(runId) ?? []).map((step) => ({
    stepId: step.id,
    kind: step.kind,
    subject: step.subject,
    status: step.status,
    says: describeStep({
      ...step,
      queued: places.get(step.jobId) ?? null,
      isPaused: paused.has(step.kind),
      hasWorker: workers.some(
        ({ kinds, onlyRun }) => kinds.includes(step.kind) && (onlyRun === null || onlyRun === runId),
      ),
    }),
    attempts: (attempts.get(step.id) ?? []).map((attempt) => ({
      ...attempt,
      seconds: attempt.startedAt === null ? null : (attempt.endedAt.getTime() - attempt.startedAt.getTime()) / 1000,
    })),
  }))
  return { ...run, steps }
}
