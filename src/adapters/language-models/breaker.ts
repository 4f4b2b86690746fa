import { type CallOutcome, provesThatItIsDown, provesThatItIsUp } from '../../domain/model-call.ts'

/** A call as the breaker sees it. */
export interface BreakerCall {
  outcome: CallOutcome
  begunAt: Date
  endedAt: Date | null
}

export type Breaker =
  | { state: 'closed' }
  /** Nobody calls before `until`. */
  | { state: 'open'; until: Date }
  /** One call may find out whether the provider is back. */
  | { state: 'half-open'; trialUnderWay: boolean }

/** Failures in a row that open it. */
export const failuresToOpen = 3
/** Seconds it stays open. */
export const openSeconds = 60
// What happened longer ago says nothing about now.
const memorySeconds = 600

/**
 * The circuit breaker of one provider, read from its calls of the last minutes, in any order: no state of its own to keep, share or lose.
 * Three failures in a row open it; a minute after the last of them one call may try, and its end closes it or keeps it open for another
 * minute. Calls that were limited or cancelled say nothing about the provider; a request that was rejected proves that it is up.
 */
export function breakerOf(calls: readonly BreakerCall[], now: Date): Breaker {
  const ended = calls
    .flatMap(({ outcome, endedAt }) => (endedAt === null ? [] : [{ outcome, endedAt }]))
    .filter(({ endedAt }) => endedAt.getTime() > now.getTime() - memorySeconds * 1000)
    .filter(({ outcome }) => provesThatItIsUp(outcome) || provesThatItIsDown(outcome))
    .sort((a, b) => b.endedAt.getTime() - a.endedAt.getTime())
  const firstUp = ended.findIndex(({ outcome }) => provesThatItIsUp(outcome))
  const failures = firstUp === -1 ? ended.length : firstUp
  const latest = ended[0]
  if (failures < failuresToOpen || latest === undefined) return { state: 'closed' }
  const until = new Date(latest.endedAt.getTime() + openSeconds * 1000)
  if (now < until) return { state: 'open', until }
  return {
    state: 'half-open',
    trialUnderWay: calls.some((call) => call.outcome === 'pending' && call.begunAt >= until),
  }
}
