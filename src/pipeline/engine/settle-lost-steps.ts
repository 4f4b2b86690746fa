import type { Kysely } from 'kysely'
import type { Tables } from '../../database/tables.ts'
import { AppError, toErrorRecord } from '../../domain/app-error.ts'
import { saveEvent } from '../../library/events.store.ts'
import { saveFailedAttempt } from '../../library/failed-attempts.store.ts'
import { lockRun } from '../../library/runs.store.ts'
import { failStep, getStep, requeueStep, type Step } from '../../library/steps.store.ts'
import type { JobQueue } from '../../queue/job-queue.ts'
import { findLostSteps } from '../../queue/lost-steps.ts'
import { stepFailedEvent } from '../control/tell-ends.ts'
import { advanceRuns } from './finish-step.ts'

export class WorkerLost extends AppError {
  readonly code = 'WORKER_LOST'
  override readonly retry = 'later' as const
  constructor() {
    super('The process that worked on this step ended without a word, every time it was tried.', {
      hint: 'Memory is the usual reason; the system log may name it.',
    })
  }
}

/**
 * Brings steps back in line with their jobs where the queue settled a job by itself (its worker fell silent or took too
 * long): a job that waits for its next try makes its step wait, one that went to the dead letters fails it.
 */
export async function settleLostSteps(
  { db, queue }: { db: Kysely<Tables>; queue: JobQueue },
  onlyRun?: string,
): Promise<void> {
  for (const id of await findLostSteps(db, onlyRun ?? null)) {
    const step = await getStep(db, id)
    if (step !== null) await settle(db, queue, step)
  }
}

async function settle(db: Kysely<Tables>, queue: JobQueue, step: Step): Promise<void> {
  const { id, runId, kind, jobId } = step
  await db.transaction().execute(async (tx) => {
    const run = await lockRun(tx, runId)
    // Asked again under the lock: it may have moved on since.
    const state = await queue.stateOf(tx, { name: kind, id: jobId })
    const error = toErrorRecord(new WorkerLost())
    if (state === 'retry' || state === 'failed') await saveFailedAttempt(tx, step, error)
    if (state === 'retry') {
      // The pause before another try is for what may mend itself; here ten silent seconds have gone by already.
      await queue.forgiveTry(tx, { name: kind, id: jobId })
      await queue.hurry(tx, { name: kind, id: jobId })
      return requeueStep(tx, { id, error: null })
    }
    if (state !== 'failed' && state !== 'cancelled' && state !== null) return
    await failStep(tx, { id, error })
    await saveEvent(tx, stepFailedEvent({ step, error }))
    await advanceRuns(tx, queue, [run])
  })
}
