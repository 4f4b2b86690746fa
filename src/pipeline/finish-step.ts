import { randomUUID } from 'node:crypto'
import { type Kysely, sql, type Transaction } from 'kysely'
import { z } from 'zod'
import type { Tables } from '../database/tables.ts'
import type { ErrorRecord } from '../domain/app-error.ts'
import type { StepKind } from '../domain/run.ts'
import { saveFailedAttempt } from '../library/failed-attempts.store.ts'
import { saveMemo } from '../library/memos.store.ts'
import { getRecording } from '../library/recordings.store.ts'
import { closeRun, lockRun, type Pinned, pinToRun, type Run } from '../library/runs.store.ts'
import {
  cancelSteps,
  completeStep,
  failStep,
  getStepStates,
  insertSteps,
  requeueStep,
  type Step,
  type StepState,
} from '../library/steps.store.ts'
import { type ClaimedJob, ClaimLost, type JobQueue } from '../queue/job-queue.ts'
import { flow, jobs, lastJob } from './flow.ts'
import { whatIsNext } from './what-is-next.ts'

/** The channel on which a run's end is told; the payload is the run's id. */
export const runEndedChannel = 'clipwright_run_ended'

interface Finishing {
  db: Kysely<Tables>
  queue: JobQueue
  job: ClaimedJob
  step: Pick<Step, 'id' | 'runId' | 'kind' | 'jobId' | 'attempts' | 'holder' | 'startedAt'>
}

const pinned = z
  .object({
    recordingId: z.string(),
    transcriptId: z.string(),
    analysisId: z.string(),
    detectionId: z.string(),
    momentCount: z.number(),
    completeness: z.number(),
  })
  .partial()

/**
 * Ends a step that succeeded. In one transaction, with the run locked: the result, the step's and the job's completion,
 * and the jobs that are ready now. @throws ClaimLost when the job is no longer ours: then nothing was saved
 */
export async function finishStep(
  { db, queue, job, step }: Finishing,
  result: {
    save: (tx: Transaction<Tables>) => Promise<object>
    reused: boolean
    memoKey: string | undefined
  },
): Promise<void> {
  await db.transaction().execute(async (tx) => {
    const run = await lockRun(tx, step.runId)
    if (run.status !== 'working') throw new ClaimLost(job)
    const output = await result.save(tx)
    await completeStep(tx, { id: step.id, output, reused: result.reused })
    await queue.complete(tx, job)
    if (result.memoKey !== undefined) await saveMemo(tx, { key: result.memoKey, kind: step.kind, output })
    await advanceRun(tx, queue, await pinToRun(tx, run, toPinned(output)))
  })
}

/** Ends an attempt that failed: the step waits for its next try, or fails for good and the run goes on without it. */
export async function failAttempt(
  { db, queue, job, step }: Finishing,
  { error, retryAt }: { error: ErrorRecord; retryAt?: 'now' | 'backoff' },
): Promise<void> {
  await db.transaction().execute(async (tx) => {
    const run = await lockRun(tx, step.runId)
    const fate = await queue.fail(tx, {
      job,
      error,
      retryAt: error.retry === 'never' ? 'never' : (retryAt ?? 'backoff'),
    })
    await saveFailedAttempt(tx, step, error)
    if (fate === 'retry') return requeueStep(tx, { id: step.id, error })
    await failStep(tx, { id: step.id, error })
    await advanceRun(tx, queue, run)
  })
}

/** Puts a step back in the queue as if this attempt had not been; only for the attempt itself, once its work has stopped. */
export async function giveBackStep({ db, queue, job, step }: Finishing): Promise<void> {
  await db.transaction().execute(async (tx) => {
    await lockRun(tx, step.runId)
    await queue.giveBack(tx, job)
    await requeueStep(tx, { id: step.id, error: null })
  })
}

/** Begins what is ready, skips what can no longer be, closes the run when it has ended. `run` is as `lockRun` gave it. */
export async function advanceRun(tx: Transaction<Tables>, queue: JobQueue, run: Run): Promise<void> {
  if (run.status !== 'working') return
  const steps = await getStepStates(tx, run.id)
  const next = whatIsNext(flow, { steps, momentCount: run.momentCount, last: lastJob.name })
  if (next.begin.length > 0) {
    const mediaSeconds = run.recordingId === null ? 0 : (await getRecording(tx, run.recordingId)).duration
    await beginSteps(tx, { queue, run, steps: next.begin, mediaSeconds })
  }
  await insertSteps(
    tx,
    next.skip.map((skipped) => ({ ...skipped, id: randomUUID(), runId: run.id, jobId: null })),
  )
  if (next.outcome === 'working') return
  await endUnfinished(tx, queue, steps)
  const error = next.outcome === 'failed' ? (steps.find(({ status }) => status === 'failed')?.error ?? null) : null
  await closeRun(tx, { id: run.id, status: next.outcome, error })
  await tellRunEnded(tx, run.id)
}

interface StepsToBegin<Step> {
  queue: JobQueue
  run: Pick<Run, 'id' | 'priority'>
  steps: readonly Step[]
  /** Length of the recording; 0 while it is not known. */
  mediaSeconds: number
}

/** Records steps and queues their jobs. */
export async function beginSteps(
  tx: Transaction<Tables>,
  { run, steps, ...options }: StepsToBegin<{ kind: StepKind; subject: number }>,
): Promise<void> {
  const begun = steps.map((step) => ({ ...step, id: randomUUID(), runId: run.id, jobId: randomUUID() }))
  await insertSteps(tx, begun)
  await sendSteps(tx, { ...options, run, steps: begun })
}

// No step reads a recording slower than this; an attempt that takes longer has lost its way.
const expirePerMediaSecond = 4

/** Queues the jobs of steps that are recorded. */
export async function sendSteps(
  tx: Transaction<Tables>,
  { queue, run, steps, mediaSeconds }: StepsToBegin<{ id: string; kind: StepKind; jobId: string }>,
): Promise<void> {
  await queue.send(
    tx,
    steps.map(({ id, kind, jobId }) => ({
      definition: jobs[kind],
      id: jobId,
      group: run.id,
      payload: { stepId: id },
      priority: run.priority,
      expireInSeconds: jobs[kind].expireInSeconds + expirePerMediaSecond * mediaSeconds,
    })),
  )
}

/** Stops every step of a run that has not ended. */
export async function endUnfinished(
  tx: Transaction<Tables>,
  queue: JobQueue,
  steps: readonly StepState[],
): Promise<void> {
  const unfinished = steps.filter(({ status }) => status === 'queued' || status === 'working')
  await queue.cancel(
    tx,
    unfinished.map(({ kind, jobId }) => ({ name: kind, id: jobId })),
  )
  await cancelSteps(
    tx,
    unfinished.map(({ id }) => id),
  )
}

/** Tells every worker when `tx` commits that a run has ended, so that they stop what they still do for it. */
export async function tellRunEnded(tx: Kysely<Tables>, runId: string): Promise<void> {
  await sql`select pg_notify(${runEndedChannel}, ${runId})`.execute(tx)
}

function toPinned(output: object): Pinned {
  const { success, data } = pinned.safeParse(output)
  if (!success) return {}
  return Object.fromEntries(Object.entries(data).filter(([, value]) => value !== undefined))
}
