import type { ErrorRecord } from '../../domain/app-error.ts'
import type { Progress, StepKind, StepStatus } from '../../domain/run.ts'

/** What there is to know of a step for saying how it stands. */
export interface StepInView {
  kind: StepKind
  status: StepStatus
  progress: Progress | null
  /** Of its last attempt, or why it failed. */
  error: ErrorRecord | null
  startedAt: Date | null
  /** Its place in the queue; null when it is not in it. */
  queued: { ahead: number; inSeconds: number } | null
  isPaused: boolean
  /** Whether anyone who lives takes on steps of this kind. */
  hasWorker: boolean
}

/**
 * How a step stands, in words that never look alike for what waits, works and failed: `waiting (2 ahead)`, `rendering, 62 %, 40 s left`, `failed:
 * … (will not be tried again)`. Pure.
 */
export function describeStep(step: StepInView, now = Date.now()): string {
  switch (step.status) {
    case 'queued':
      return sayWaiting(step)
    case 'working':
      return sayWorking(step, now)
    case 'done':
      return 'done'
    case 'failed':
      return `failed: ${step.error?.message ?? 'nobody knows why'}${sayRetry(step.error)}`
    case 'cancelled':
      return 'cancelled'
    case 'skipped':
      return 'skipped: what it builds on failed'
  }
}

function sayWaiting({ kind, error, queued, isPaused, hasWorker }: StepInView): string {
  if (isPaused) return `waiting: ${kind} is paused`
  if (!hasWorker) return `waiting: nobody works on ${kind} now`
  if (error !== null && queued !== null && queued.inSeconds > 1)
    return `waiting ${Math.ceil(queued.inSeconds)} s to try again: ${error.message}`
  const reason = error === null ? '' : `, to try again: ${error.message}`
  if (queued === null || queued.ahead === 0) return `waiting (next)${reason}`
  return `waiting (${queued.ahead} ahead)${reason}`
}

// Before a twentieth is done nobody knows how long the rest takes.
const leastKnown = 0.05

function sayWorking({ kind, progress, startedAt }: StepInView, now: number): string {
  if (progress === null) return `${kind}: just begun`
  const { fraction, message } = progress
  const parts = [message === '' ? kind : message, `${Math.round(100 * fraction)} %`]
  if (startedAt !== null && fraction >= leastKnown && fraction < 1)
    parts.push(`${sayLength(((now - startedAt.getTime()) / 1000) * (1 / fraction - 1))} left`)
  return parts.join(', ')
}

function sayLength(seconds: number): string {
  const whole = Math.max(1, Math.round(seconds))
  return whole < 120 ? `${whole} s` : `${Math.round(whole / 60)} min`
}

function sayRetry(error: ErrorRecord | null): string {
  return error?.retry === 'later' ? ' (tried again in vain)' : ' (will not be tried again)'
}
