import type { ErrorRecord } from '../../domain/app-error.ts'
import { type RunStatus, type StepKind, stepKinds } from '../../domain/run.ts'
import { doing, needsTranscript, sayWork } from './describe-step.ts'
import { shareDone } from './run-ahead.ts'
import { sayFailure } from './say-failure.ts'
import type { Standing } from './standing.ts'
import { roundTimeLeft } from './time-left.ts'

/** What there is to know of a run for saying how it stands. */
export interface RunToDescribe {
  status: RunStatus
  error: ErrorRecord | null
  /** How many moments were found; null until they are looked for. */
  momentCount: number | null
  /** Clips that were asked for; null where that was not said. */
  wanted: number | null
  /** All its steps so far, in the order they were queued. */
  steps: readonly DescribedStep[]
  /** Seconds until it ends; null when nobody knows. */
  secondsLeft: number | null
}

export interface DescribedStep {
  kind: StepKind
  subject: number
  standing: Standing
  /** Its place in the queue; null when it is not in it. */
  queued: { ahead: number; inSeconds: number } | null
}

/**
 * How a run stands as a whole: `rendering 3 of 8, 62 %, 40 s left`, where the share and the time are those of the run; `waiting (2 ahead)`;
 * `done: 7 of 8 clips, 1 failed`. Pure.
 */
export function describeRun(run: RunToDescribe): Standing {
  const plain = { fraction: null, secondsLeft: null }
  switch (run.status) {
    case 'working':
      return describeUnderWay(run)
    case 'done':
      return { state: 'done', says: sayDone(run), ...plain }
    case 'needs-transcript':
      return { state: 'waiting', says: needsTranscript, ...plain }
    case 'failed':
      return {
        state: 'failed',
        says: `failed: ${run.error === null ? sayFailure(null) : sayRunFailure(run)}`,
        ...plain,
      }
    case 'cancelled':
      return { state: 'cancelled', says: 'cancelled', ...plain }
  }
}

function describeUnderWay({ steps, momentCount, wanted, secondsLeft }: RunToDescribe): Standing {
  const fraction = shareDone(
    steps.map(({ kind, standing }) => ({ kind, fraction: shareOf(standing) })),
    momentCount ?? wanted ?? 1,
  )
  const busy = steps.filter(({ standing }) => standing.state === 'working')
  // What comes last in the pipeline tells the most of how far it is.
  const kind = stepKinds.findLast((each) => busy.some((step) => step.kind === each))
  if (kind === undefined) {
    const says = nextOf(steps)?.standing.says ?? 'waiting (next)'
    return { state: 'waiting', says, fraction, secondsLeft: null }
  }
  const isInNeed = steps.some(({ standing }) => standing.says === needsTranscript)
  const left = secondsLeft === null || isInNeed ? null : roundTimeLeft(secondsLeft)
  const work = sayWork({ what: sayKind(kind, steps), fraction, secondsLeft: left })
  return {
    state: 'working',
    says: isInNeed ? `${work}; then ${needsTranscript}` : work,
    fraction,
    secondsLeft: left,
  }
}

/** `rendering 3 of 8`; of a single step, what it says itself. */
function sayKind(kind: StepKind, steps: readonly DescribedStep[]): string {
  const group = steps.filter((step) => step.kind === kind)
  const ended = group.filter(({ standing }) => hasEnded(standing)).length
  return group.length > 1 ? `${doing[kind]} ${Math.min(group.length, ended + 1)} of ${group.length}` : doing[kind]
}

/** The step that will be begun first, of those that wait. */
function nextOf(steps: readonly DescribedStep[]): DescribedStep | undefined {
  const waiting = steps.filter(({ standing }) => standing.state === 'waiting')
  const rank = ({ queued }: DescribedStep) => (queued === null ? -1 : queued.inSeconds * 1000 + queued.ahead)
  return waiting.toSorted((a, b) => rank(a) - rank(b))[0]
}

function shareOf(standing: Standing): number {
  return hasEnded(standing) ? 1 : (standing.fraction ?? 0)
}

function hasEnded({ state }: Standing): boolean {
  return state !== 'waiting' && state !== 'working'
}

function sayDone({ momentCount, steps }: RunToDescribe): string {
  if (momentCount === null) return 'done'
  if (momentCount === 0) return 'done: no moments were found'
  const failed = new Set(
    steps.filter(({ subject, standing }) => subject > 0 && standing.state === 'failed').map(({ subject }) => subject),
  ).size
  const clips = momentCount === 1 ? '1 clip' : `${momentCount} clips`
  return failed === 0 ? `done: ${clips}` : `done: ${momentCount - failed} of ${clips}, ${failed} failed`
}

/** In the words of the step that failed, which know how often it was tried. */
function sayRunFailure({ error, steps }: RunToDescribe): string {
  const why = sayFailure(error)
  const told = steps.find(({ standing }) => standing.state === 'failed' && standing.says.startsWith(`failed: ${why} (`))
  return told === undefined ? sayFailure(error, { attempts: 1 }) : told.standing.says.slice('failed: '.length)
}
