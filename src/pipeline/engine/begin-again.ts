import { randomUUID } from 'node:crypto'
import type { Kysely } from 'kysely'
import type { Tables } from '../../database/tables.ts'
import { AppError } from '../../domain/app-error.ts'
import { getRun, insertRun, lockRun, pinToRun } from '../../library/runs.store.ts'
import { completeSteps, getStepsOfRun, insertSteps } from '../../library/steps.store.ts'
import { thisProcess } from '../../observability/this-process.ts'
import type { JobQueue } from '../../queue/job-queue.ts'
import { contentHash } from '../content-hash.ts'
import { flow, lastJob } from '../flow.ts'
import type { RunSettings } from '../run-settings.ts'
import { advanceRuns } from './finish-step.ts'
import { kindsPerMoment } from './follow.ts'

export class RunUnfinished extends AppError {
  readonly code = 'RUN_UNFINISHED'
  override readonly retry = 'later' as const
  constructor() {
    super('The run these clips are of has not found its moments.', {
      hint: 'Give its `clipwright clip` command again, and edit the clips when it is done.',
    })
  }
}

interface Again {
  queue: JobQueue
  /** The run that found the moments. */
  of: string
  settings: RunSettings
  by: string
  /** What is done together with it, or not at all. */
  also?: ((tx: Kysely<Tables>) => Promise<void>) | undefined
}

/**
 * Begins a run that goes on from the moments another one found: nothing is looked for again, so its clips are the same ones, and
 * each is made anew only where something about it has changed. It is never taken over: whoever began it gives the command again.
 * @throws RunUnfinished
 */
export async function beginAgain(db: Kysely<Tables>, { queue, of, settings, by, also }: Again): Promise<string> {
  const { recordingId, transcriptId, analysisId, detectionId, momentCount } = await getRun(db, of)
  if (recordingId === null || transcriptId === null || analysisId === null || detectionId === null)
    throw new RunUnfinished()
  const perMoment = kindsPerMoment(flow)
  const found = (await getStepsOfRun(db, of)).filter(({ kind, status }) => {
    return !perMoment.has(kind) && kind !== lastJob.name && status === 'done'
  })
  return db.transaction().execute(async (tx) => {
    await also?.(tx)
    const fingerprint = contentHash({ again: randomUUID() })
    const runId = await insertRun(tx, { fingerprint, settings, owner: thisProcess(), by })
    const pinned = { recordingId, transcriptId, analysisId, detectionId, momentCount: momentCount ?? 0 }
    const run = await pinToRun(tx, await lockRun(tx, runId), pinned)
    const steps = found.map(({ kind, subject, output }) => ({ id: randomUUID(), kind, subject, output }))
    await insertSteps(
      tx,
      steps.map(({ id, kind, subject }) => ({ id, kind, subject, runId, jobId: null })),
    )
    await completeSteps(
      tx,
      steps.map(({ id, output }) => ({ id, output, reused: true })),
    )
    await advanceRuns(tx, queue, [run])
    return runId
  })
}
