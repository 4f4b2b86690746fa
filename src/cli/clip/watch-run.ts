import { setTimeout as sleep } from 'node:timers/promises'
import { AppError, type ErrorRecord } from '../../domain/app-error.ts'
import { lengthOf } from '../../domain/time-range.ts'
import { getEventsOfRun } from '../../library/events.store.ts'
import { getDetection } from '../../library/moments.store.ts'
import { getRecording } from '../../library/recordings.store.ts'
import { getRun, type Run } from '../../library/runs.store.ts'
import { getStepStates } from '../../library/steps.store.ts'
import { lookAtQueue, type QueueInView, type RunStanding, standingOf } from '../../pipeline/control/look-at-queue.ts'
import type { Pipeline } from '../../pipeline/open-pipeline.ts'
import type { ProgressStep } from '../progress/progress-state.ts'
import type { ProgressView } from '../progress/progress-view.ts'

/** The error of a run, as it was stored, thrown again for whoever asked for the run. */
export class RunFailed extends AppError {
  readonly code: string
  constructor({ code, message, hint, evidence }: ErrorRecord) {
    super(message, { ...(hint === undefined ? {} : { hint }), ...(evidence === undefined ? {} : { evidence }) })
    this.code = code
  }
}

// As often as progress is stored: looking more often would only take time from the clips.
const lookMs = 250
// What waits, and for what, changes less often.
const looksForQueue = 4

// As if it were the id of an event.
const inNeed = 'needs-transcript'

/** Shows a run until it has ended, or waits for a transcript. What is shown is read from the database: it does not matter which process works on it. */
export async function watchRun(pipeline: Pipeline, runId: string, view: ProgressView): Promise<Run> {
  const db = pipeline.database.kysely
  const lengths = new Map<string, number>()
  const told = new Set<string>()
  let queue: QueueInView = { paused: new Set(), places: new Map(), workers: [], pace: new Map() }
  for (let look = 0; ; look++) {
    const run = await getRun(db, runId)
    const steps = await getStepStates(db, runId)
    await learnLengths(pipeline, run, lengths)
    await tellWhereSoundGoes(pipeline, { runId, view, told })
    if (look % looksForQueue === 0 && steps.some(({ status }) => status === 'queued')) queue = await lookAtQueue(db)
    const standing = standingOf({ ...run, wanted: null, duration: null }, steps, { queue })
    const state = { steps: standing.steps.map((step) => toProgress(step, lengths)), now: Date.now() }
    if (run.status !== 'working') {
      view.finish(state)
      return run
    }
    if (steps.some(({ status }) => status === 'needs-transcript') && !told.has(inNeed)) {
      told.add(inNeed)
      view.note('No transcript was found; what needs no words is done first.')
    }
    view.update(state)
    await sleep(lookMs)
  }
}

/** That sound leaves this machine, where to, and about what it costs, is said when it begins; each time once. */
async function tellWhereSoundGoes(
  { database }: Pipeline,
  { runId, view, told }: { runId: string; view: ProgressView; told: Set<string> },
): Promise<void> {
  for (const { id, message } of await getEventsOfRun(database.kysely, { runId, name: 'hearing.begun' })) {
    if (!told.has(id)) view.note(message)
    told.add(id)
  }
}

/** How many seconds of recording each step reads, as soon as it is known. */
async function learnLengths({ database }: Pipeline, run: Run, lengths: Map<string, number>): Promise<void> {
  if (run.recordingId !== null && !lengths.has('analyze')) {
    lengths.set('analyze', (await getRecording(database.kysely, run.recordingId)).duration)
  }
  if (run.detectionId !== null && !lengths.has('cut 1')) {
    const { moments } = await getDetection(database.kysely, run.detectionId)
    for (const moment of moments) lengths.set(`cut ${moment.rank}`, lengthOf(moment))
  }
}

function toProgress(step: RunStanding['steps'][number], lengths: Map<string, number>): ProgressStep {
  const { kind, subject, status, progress, reused, startedAt, finishedAt, standing } = step
  return {
    kind,
    subject: subject === 0 ? null : `clip ${subject}`,
    status,
    fraction: status === 'done' ? 1 : (progress?.fraction ?? 0),
    message: standing.state === 'waiting' ? standing.says : (progress?.message ?? ''),
    startedAt: startedAt?.getTime() ?? null,
    finishedAt: finishedAt?.getTime() ?? null,
    reused,
    mediaSeconds: lengths.get(subject === 0 ? kind : `${kind} ${subject}`) ?? null,
  }
}
