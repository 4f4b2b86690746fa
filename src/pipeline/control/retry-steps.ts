import { randomUUID } from 'node:crypto'
import type { Kysely } from 'kysely'
import type { Tables } from '../../database/tables.ts'
import { AppError } from '../../domain/app-error.ts'
import type { RunStatus, StepKind, StepStatus } from '../../domain/run.ts'
import { getRecording } from '../../library/recordings.store.ts'
import { getRunsWithFailures, lockRun, type Run, reopenRun } from '../../library/runs.store.ts'
import { getStep, getStepStates, removeSteps, reopenSteps, type StepState } from '../../library/steps.store.ts'
import { forgetDeadLetters } from '../../queue/control-jobs.ts'
import type { JobQueue } from '../../queue/job-queue.ts'
import { advanceRuns, toJob } from '../engine/finish-step.ts'
import { lastJob } from '../flow.ts'

export class NothingToRetry extends AppError {
  readonly code = 'NOTHING_TO_RETRY'
  constructor(what: string) {
    super(`${what} has nothing that failed or was cancelled.`, {
      hint: 'See `clipwright jobs` for what there is.',
    })
  }
}

export interface Retried {
  runId: string
  steps: { kind: StepKind; subject: number }[]
}

interface Retry {
  queue: JobQueue
  runId: string
  /** Only steps of this kind, only of this moment; all that failed unless told. */
  kind?: StepKind | undefined
  subject?: number | undefined
}

/**
 * Queues what failed, was cancelled or waits for a transcript in a run once more, with all its tries, and lets the run go on from there: what is done stays done, what was
 * skipped because of it is looked at again, and the end is made anew. All of it or none. @throws NothingToRetry | RunNotFound
 */
export async function retrySteps(db: Kysely<Tables>, { queue, runId, kind, subject }: Retry): Promise<Retried> {
  return db.transaction().execute(async (tx) => {
    const run = await lockRun(tx, runId)
    const steps = await getStepStates(tx, runId)
    const asked = steps
      .filter(({ status }) => isToBeTried(status, run.status))
      .filter((step) => kind === undefined || step.kind === kind)
      .filter((step) => subject === undefined || step.subject === subject)
    if (asked.length === 0) throw new NothingToRetry(`Run ${runId}`)
    // What was ended beside it when the run failed: without it the run would wait for ever.
    const beside = steps.filter((step) => step.status === 'cancelled' && step.subject === 0 && !asked.includes(step))
    const again = [...asked, ...beside].map((step) => ({ ...step, jobId: randomUUID() }))
    await removeSteps(tx, steps.filter((step) => mustBeAskedAgain(step, again)).map(idOf))
    await reopenSteps(tx, again)
    await forgetDeadLetters(tx, again.map(idOf))
    if (run.status !== 'working') await reopenRun(tx, runId)
    const mediaSeconds = run.recordingId === null ? 0 : (await getRecording(tx, run.recordingId)).duration
    await queue.send(
      tx,
      again.map((step) => toJob({ ...step, run: { ...run, mediaSeconds } })),
    )
    await advanceRuns(tx, queue, [{ ...run, status: 'working' } satisfies Run])
    return { runId, steps: again.map((step) => ({ kind: step.kind, subject: step.subject })) }
  })
}

/** There is no step with this id. */
export class StepNotFound extends AppError {
  readonly code = 'STEP_NOT_FOUND'
  constructor(id: string) {
    super(`There is no step ${id}.`, { hint: 'See `clipwright jobs dead` for what failed.' })
  }
}

/** The same for one step that failed. @throws StepNotFound | NothingToRetry */
export async function retryStep(
  db: Kysely<Tables>,
  { queue, stepId }: { queue: JobQueue; stepId: string },
): Promise<Retried> {
  const step = await getStep(db, stepId)
  if (step === null) throw new StepNotFound(stepId)
  const { runId, kind, subject } = step
  return retrySteps(db, { queue, runId, kind, subject })
}

/** Everything that failed for good, of one kind or of all, but in cancelled runs. Runs one after the other. */
export async function retryAllFailed(
  db: Kysely<Tables>,
  { queue, kind }: { queue: JobQueue; kind?: StepKind | undefined },
): Promise<Retried[]> {
  const retried: Retried[] = []
  for (const runId of await getRunsWithFailures(db, kind)) {
    try {
      retried.push(await retrySteps(db, { queue, runId, kind }))
    } catch (error) {
      // Someone else was quicker.
      if (!(error instanceof NothingToRetry)) throw error
    }
  }
  return retried
}

function isToBeTried(step: StepStatus, run: RunStatus): boolean {
  return step === 'failed' || step === 'needs-transcript' || (step === 'cancelled' && run === 'cancelled')
}

/** What was decided because of the failure: skipped steps, and the run's end. */
function mustBeAskedAgain({ id, kind, status }: StepState, again: readonly StepState[]): boolean {
  if (again.some((step) => step.id === id)) return false
  return status === 'skipped' || kind === lastJob.name
}

function idOf({ id }: { id: string }): string {
  return id
}
