import type { Kysely, Transaction } from 'kysely'
import type { Tables } from '../../database/tables.ts'
import type { ErrorRecord } from '../../domain/app-error.ts'
import { lockRun } from '../../library/runs.store.ts'
import type { Step } from '../../library/steps.store.ts'
import { findChosenTranscript } from '../../library/transcript-versions.store.ts'
import { keepTranscriptStill, saveWayTried, setNeedsTranscript } from '../../library/waiting-runs.store.ts'
import { type ClaimedJob, ClaimLost } from '../../queue/claimed-job.ts'
import type { JobQueue } from '../../queue/job-queue.ts'
import { completing } from '../../queue/job-statements.ts'
import { advanceRuns } from './finish-step.ts'
import { goOnWaiting } from './go-on-waiting.ts'

interface Waiting {
  db: Kysely<Tables>
  queue: JobQueue
  job: ClaimedJob
  step: Pick<Step, 'id' | 'runId'>
}

/**
 * Ends an attempt that found no words and nobody to listen. What else the run can do goes on; then it waits, without a job, until there is a
 * transcript or somebody to listen (`go-on-waiting.ts`). `way` names what could have helped when it was tried: once that is another, it is tried
 * again. @throws ClaimLost
 */
export async function waitForTranscript(
  { db, queue, job, step: { id: stepId, runId } }: Waiting,
  { error, way }: { error: ErrorRecord; way: string },
): Promise<void> {
  await db.transaction().execute(async (tx) => {
    const isThere = await hasBeenImported(tx, runId)
    const run = await lockRun(tx, runId)
    const { rows } = await completing([job]).execute(tx)
    if (rows.length !== 1 || run.status !== 'working') throw new ClaimLost(job)
    await setNeedsTranscript(tx, { stepId, error })
    if (isThere) return goOnWaiting(tx, runId)
    await saveWayTried(tx, { runId, way })
    await advanceRuns(tx, queue, [run])
  })
}

/** Who imported a transcript since the attempt looked for one saw no run that waits; nobody does until the transaction ends. */
async function hasBeenImported(tx: Transaction<Tables>, runId: string): Promise<boolean> {
  const { recording_id: recordingId } = await tx
    .selectFrom('runs')
    .select('recording_id')
    .where('id', '=', runId)
    .executeTakeFirstOrThrow()
  if (recordingId === null) return false
  await keepTranscriptStill(tx, recordingId)
  return (await findChosenTranscript(tx, recordingId)) !== null
}
