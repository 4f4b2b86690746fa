import type { ErrorRecord } from '../../domain/app-error.ts'
import type { Progress, StepKind, StepStatus } from '../../domain/run.ts'
import { sayFailure } from './say-failure.ts'
import type { Standing } from './standing.ts'
import { roundTimeLeft, sayTimeLeft, timeLeft } from './time-left.ts'

/** What there is to know of a step for saying how it stands. */
export interface StepInView {
  kind: StepKind
  status: StepStatus
  progress: Progress | null
  /** Of its last attempt, or why it failed. */
  error: ErrorRecord | null
  /** How often it was begun. */
  attempts: number
  /** Its result was there already. */
  reused: boolean
  startedAt: Date | null
  /** Its place in the queue; null when it is not in it. */
  queued: { ahead: number; inSeconds: number } | null
  isPaused: boolean
  /** Whether anyone who lives takes on steps of this kind. */
  hasWorker: boolean
  /** Seconds that steps like it take; null when nobody knows. */
  expectedSeconds: number | null
}

/** Nothing but a transcript, or somebody who listens, lets it go on. */
export const needsTranscript = 'waiting for a transcript'

/** What a step does, as long as it does not say so itself. */
export const doing: Readonly<Record<StepKind, string>> = {
  ingest: 'reading the recording',
  transcribe: 'transcribing',
  analyze: 'looking and listening',
  detect: 'finding moments',
  reframe: 'framing',
  cut: 'rendering',
  conclude: 'writing the report',
}

/** How a step stands: the one place that says it, for the page, the command line, HTTP and events alike. Pure. */
export function describeStep(step: StepInView, now = Date.now()): Standing {
  const plain = { fraction: null, secondsLeft: null }
  switch (step.status) {
    case 'queued':
      return { state: 'waiting', says: sayWaiting(step), ...plain }
    case 'working':
      return describeWork(step, now)
    case 'needs-transcript':
      return { state: 'waiting', says: needsTranscript, ...plain }
    case 'done':
      return { state: 'done', says: step.reused ? 'done: it was there already' : 'done', ...plain }
    case 'failed':
      return { state: 'failed', says: `failed: ${sayFailure(step.error, step)}`, ...plain }
    case 'cancelled':
      return { state: 'cancelled', says: 'cancelled', ...plain }
    case 'skipped':
      return { state: 'skipped', says: 'skipped: what it builds on failed', ...plain }
  }
}

function sayWaiting({ kind, error, queued, isPaused, hasWorker }: StepInView): string {
  if (isPaused) return `waiting: ${kind} is paused`
  if (!hasWorker) return `waiting: nobody works on ${kind} now`
  const reason = error === null ? '' : sayFailure(error)
  if (error !== null && queued !== null && queued.inSeconds > 1)
    return `waiting ${Math.ceil(queued.inSeconds)} s to try again: ${reason}`
  const place = queued === null || queued.ahead === 0 ? 'next' : `${queued.ahead} ahead`
  return `waiting (${place})${error === null ? '' : `, to try again: ${reason}`}`
}

function describeWork({ kind, progress, startedAt, expectedSeconds }: StepInView, now: number): Standing {
  const fraction = Math.min(1, Math.max(0, progress?.fraction ?? 0)) || 0
  const message = progress === null || progress.message === '' ? doing[kind] : progress.message
  // It holds a place, but nothing happens: whoever looks must not think that it is busy.
  if (progress?.isWaiting === true) {
    const says = message.startsWith('waiting') ? message : `waiting: ${message}`
    return { state: 'waiting', says, fraction, secondsLeft: null }
  }
  const elapsed = startedAt === null ? 0 : (now - startedAt.getTime()) / 1000
  const left = startedAt === null ? null : timeLeft({ fraction, elapsed, expected: expectedSeconds })
  const secondsLeft = left === null || fraction >= 1 ? null : roundTimeLeft(left)
  return { state: 'working', says: sayWork({ what: message, fraction, secondsLeft }), fraction, secondsLeft }
}

/** `rendering 3 of 8, 62 %, 40 s left`, as far as it is known. */
export function sayWork({
  what,
  fraction,
  secondsLeft,
}: {
  what: string
  fraction: number
  secondsLeft: number | null
}): string {
  const parts = [what]
  // Nothing is at 100 % that has not ended.
  if (fraction > 0) parts.push(`${Math.min(99, Math.floor(100 * fraction))} %`)
  if (secondsLeft !== null) parts.push(`${sayTimeLeft(secondsLeft)} left`)
  return parts.join(', ')
}
