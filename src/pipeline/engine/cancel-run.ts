import type { Kysely } from 'kysely'
import type { Tables } from '../../database/tables.ts'
import { hasRunEnded } from '../../domain/run.ts'
import { saveEvent } from '../../library/events.store.ts'
import { closeRun, lockRun } from '../../library/runs.store.ts'
import { getStepStates } from '../../library/steps.store.ts'
import type { JobQueue } from '../../queue/job-queue.ts'
import { runEndedEvent } from '../control/tell-ends.ts'
import { endUnfinished, tellRunEnded } from './finish-step.ts'

/** Cancels a run and all it still has to do; workers stop its processes within a second. False when it had ended already. */
export async function cancelRun(db: Kysely<Tables>, queue: JobQueue, runId: string): Promise<boolean> {
  return db.transaction().execute(async (tx) => {
    const run = await lockRun(tx, runId)
    if (hasRunEnded(run.status)) return false
    await endUnfinished(tx, queue, await getStepStates(tx, runId))
    await closeRun(tx, { id: runId, status: 'cancelled', error: null })
    await saveEvent(tx, runEndedEvent({ run, status: 'cancelled', error: null, steps: [] }))
    await tellRunEnded(tx, runId)
    return true
  })
}
