import { randomUUID } from 'node:crypto'
import { type Kysely, sql, type Transaction } from 'kysely'
import { z } from 'zod'
import type { Tables } from '../../database/tables.ts'
import type { ErrorRecord } from '../../domain/app-error.ts'
import { isFinal, type StepKind } from '../../domain/run.ts'
import { saveEvent } from '../../library/events.store.ts'
import { saveFailedAttempt } from '../../library/failed-attempts.store.ts'
import { saveMemos } from '../../library/memos.store.ts'
import { closeRun, lockRun, lockRuns, type Pinned, pinToRun, type Run } from '../../library/runs.store.ts'
import { getStatusesOfRuns, type StatusesOfRun } from '../../library/step-statuses.store.ts'
import {
  cancelSteps,
  failStep,
  getStepStates,
  insertSteps,
  requeueStep,
  type Step,
  type StepState,
} from '../../library/steps.store.ts'
import { completeWithJobs, insertWithJobs } from '../../library/steps-with-jobs.store.ts'
import { letRunWait } from '../../library/waiting-runs.store.ts'
import { type ClaimedJob, ClaimLost } from '../../queue/claimed-job.ts'
import { type JobQueue } from '../../queue/job-queue.ts'
import { completing, type JobToSend, sending, telling } from '../../queue/job-statements.ts'
import { runEndedEvent, runWaitsEvent, stepFailedEvent } from '../control/tell-ends.ts'
import { flow, jobs, lastJob } from '../flow.ts'
import { whatIsNext } from './what-is-next.ts'

/** The channel on which a run's end is told; the payload is the run's id. */
export const runEndedChannel = 'clipwright_run_ended'

interface Attempt {
  job: ClaimedJob
  step: Pick<Step, 'id' | 'runId' | 'kind' | 'subject' | 'jobId' | 'attempts' | 'holder' | 'startedAt'>
}

interface Finishing extends Attempt {
  db: Kysely<Tables>
  queue: JobQueue
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

/** A step that has succeeded. */
export interface StepEnd extends Attempt {
  /** Stores the result and returns the step's output. Done again when it could not be stored together with others. */
  save: (tx: Transaction<Tables>) => Promise<object>
  reused: boolean
  memoKey: string | undefined
}

/**
 * Ends steps that succeeded. In one transaction, with their runs locked: the results, the steps' and the jobs' completion,
 * and the jobs that are ready now. @throws ClaimLost when a job is no longer ours: then nothing was saved
 */
export async function finishSteps(
  { db, queue }: { db: Kysely<Tables>; queue: JobQueue },
  ends: readonly StepEnd[],
): Promise<void> {
  await db.transaction().execute(async (tx) => {
    const outputs: object[] = []
    for (const { save } of ends) outputs.push(await save(tx))
    const ended = ends.map((end, index) => ({ ...end, output: outputs[index] ?? {} }))
    const runs = await lockRuns(tx, [...new Set(ends.map(({ step }) => step.runId))])
    const { completed, before } = await completeWithJobs(tx, {
      steps: ended.map(({ step, output, reused }) => ({ id: step.id, output, reused })),
      jobs: completing(ends.map(({ job }) => job)),
      runIds: [...runs.keys()],
    })
    await saveMemos(
      tx,
      ended.flatMap(({ step, output, memoKey }) =>
        memoKey === undefined ? [] : [{ key: memoKey, kind: step.kind, output }],
      ),
    )
    for (const { job, step, output } of ended) {
      const run = runs.get(step.runId)
      if (run?.status !== 'working' || !completed.has(job.id)) throw new ClaimLost(job)
      const pinnedRun = await pinToRun(tx, run, toPinned(output))
      runs.set(run.id, pinnedRun)
      // How long the recording is decides how long its jobs may take, and was read before it was known.
      if (pinnedRun.recordingId !== run.recordingId) before.delete(run.id)
      markDone(before.get(run.id), step)
    }
    await advanceRuns(tx, queue, [...runs.values()], before)
  })
}

function markDone(statuses: StatusesOfRun | undefined, { kind, subject }: Attempt['step']): void {
  const ended = statuses?.steps.find((step) => step.kind === kind && step.subject === subject)
  if (ended) ended.status = 'done'
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
    await saveEvent(tx, stepFailedEvent({ step, error }))
    await advanceRuns(tx, queue, [run])
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

/**
 * Begins what is ready, skips what can no longer be, closes the runs that have ended. `runs` are as `lockRuns` gave them; `known` is how their steps
 * stand, where that has been read since.
 */
export async function advanceRuns(
  tx: Transaction<Tables>,
  queue: JobQueue,
  runs: readonly Run[],
  known: ReadonlyMap<string, StatusesOfRun> = new Map(),
): Promise<void> {
  const working = runs.filter(({ status }) => status === 'working')
  const unread = working.map(({ id }) => id).filter((id) => !known.has(id))
  const statuses = new Map([...known, ...(await getStatusesOfRuns(tx, unread))])
  const nexts = working.map((run) => {
    const { steps, mediaSeconds } = statuses.get(run.id) ?? { steps: [], mediaSeconds: 0 }
    const next = whatIsNext(flow, { steps, momentCount: run.momentCount, last: lastJob.name })
    return { ...next, run: { ...run, mediaSeconds } }
  })
  await beginSteps(
    tx,
    nexts.flatMap(({ run, begin }) => begin.map((step) => ({ ...step, run }))),
  )
  await insertSteps(
    tx,
    nexts.flatMap(({ run, skip }) => skip.map((step) => ({ ...step, id: randomUUID(), runId: run.id, jobId: null }))),
  )
  for (const { run, outcome } of nexts) {
    if (outcome === 'needs-transcript') await beginWaiting(tx, run)
    else if (outcome !== 'working') await endRun(tx, queue, { run, outcome })
  }
}

async function beginWaiting(tx: Transaction<Tables>, run: Run): Promise<void> {
  const steps = await getStepStates(tx, run.id)
  const error = steps.find(({ status }) => status === 'needs-transcript')?.error ?? null
  await letRunWait(tx, { id: run.id, error })
  await saveEvent(tx, runWaitsEvent({ run, error }))
}

async function endRun(
  tx: Transaction<Tables>,
  queue: JobQueue,
  { run, outcome }: { run: Run; outcome: 'done' | 'failed' },
): Promise<void> {
  const { id } = run
  const steps = await getStepStates(tx, id)
  await endUnfinished(tx, queue, steps)
  const error = outcome === 'failed' ? (steps.find(({ status }) => status === 'failed')?.error ?? null) : null
  await closeRun(tx, { id, status: outcome, error })
  await saveEvent(tx, runEndedEvent({ run, status: outcome, error, steps }))
  await tellRunEnded(tx, id)
}

interface StepToBegin {
  kind: StepKind
  subject: number
  run: RunToBegin
}

interface RunToBegin extends Pick<Run, 'id' | 'priority'> {
  /** Length of the recording; 0 while it is not known. */
  mediaSeconds: number
}

/** Records steps and queues their jobs. */
export async function beginSteps(tx: Transaction<Tables>, steps: readonly StepToBegin[]): Promise<void> {
  const begun = steps.map((step) => ({ ...step, id: randomUUID(), jobId: randomUUID() }))
  await insertWithJobs(tx, {
    steps: begun.map(({ id, kind, subject, jobId, run }) => ({ id, kind, subject, jobId, runId: run.id })),
    jobs: sending(begun.map(toJob)),
    telling,
  })
}

// No step reads a recording slower than this; an attempt that takes longer has lost its way.
const expirePerMediaSecond = 4

/** The job of a step that is recorded. */
export function toJob({
  id,
  kind,
  jobId,
  run,
}: Omit<StepToBegin, 'subject'> & { id: string; jobId: string }): JobToSend {
  return {
    definition: jobs[kind],
    id: jobId,
    group: run.id,
    payload: { stepId: id },
    priority: run.priority,
    expireInSeconds: jobs[kind].expireInSeconds + expirePerMediaSecond * run.mediaSeconds,
  }
}

/** Stops every step of a run that has not ended. */
export async function endUnfinished(
  tx: Transaction<Tables>,
  queue: JobQueue,
  steps: readonly StepState[],
): Promise<void> {
  const unfinished = steps.filter(({ status }) => !isFinal(status))
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
