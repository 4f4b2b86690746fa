import { randomUUID } from 'node:crypto'
import type { Transaction } from 'kysely'
import type { Tables } from '../../database/tables.ts'
import { hasRunEnded } from '../../domain/run.ts'
import { getRecording } from '../../library/recordings.store.ts'
import { lockRun, reopenRun } from '../../library/runs.store.ts'
import { reopenSteps } from '../../library/steps.store.ts'
import { findWaitingRuns, getStepsInNeed } from '../../library/waiting-runs.store.ts'
import { sendJobs } from '../../queue/job-queue.ts'
import { toJob } from './finish-step.ts'

// More wait for one recording only when somebody tries to.
const mostOfOne = 1000

/**
 * Lets every run that waits for a transcript of this recording go on: call it in the transaction that makes one the current version, and neither
 * happens without the other. Returns the runs.
 */
export async function goOnWithTranscript(tx: Transaction<Tables>, recordingId: string): Promise<string[]> {
  const waiting = await findWaitingRuns(tx, { recordingId, limit: mostOfOne })
  const runIds = waiting.map(({ runId }) => runId)
  for (const runId of runIds) await goOnWaiting(tx, runId)
  return runIds
}

/** Looks for words once more in a run that waits for them; nothing where it does not (any more). */
export async function goOnWaiting(tx: Transaction<Tables>, runId: string): Promise<void> {
  const run = await lockRun(tx, runId)
  if (hasRunEnded(run.status)) return
  const steps = (await getStepsInNeed(tx, runId)).map((step) => ({ ...step, jobId: randomUUID() }))
  if (steps.length === 0) return
  await reopenSteps(tx, steps)
  if (run.status === 'needs-transcript') await reopenRun(tx, runId)
  const mediaSeconds = run.recordingId === null ? 0 : (await getRecording(tx, run.recordingId)).duration
  await sendJobs(
    tx,
    steps.map((step) => toJob({ ...step, run: { ...run, mediaSeconds } })),
  )
}
