import { describe, expect, it } from 'vitest'
import type { CallOutcome } from '../../domain/model-call.ts'
import { type BreakerCall, breakerOf } from './breaker.ts'

const noon = Date.UTC(2026, 10, 22, 12)
const at = (seconds: number) => new Date(noon + seconds * 1000)

/** A call that took a second and ended so many seconds before noon. */
function call(outcome: CallOutcome, secondsAgo: number): BreakerCall {
  return { outcome, begunAt: at(-secondsAgo - 1), endedAt: outcome === 'pending' ? null : at(-secondsAgo) }
}

describe('breakerOf', () => {
  it('is closed without calls, and after two failures', () => {
    expect(breakerOf([], at(0))).toEqual({ state: 'closed' })
    expect(breakerOf([call('failed', 1), call('timed-out', 2), call('answered', 3)], at(0))).toEqual({
      state: 'closed',
    })
  })

  it('opens at the third failure in a row, for a minute from the last', () => {
    const calls = [call('failed', 1), call('timed-out', 20), call('failed', 30), call('answered', 40)]
    expect(breakerOf(calls, at(0))).toEqual({ state: 'open', until: at(59) })
    expect(breakerOf(calls.toReversed(), at(58))).toEqual({ state: 'open', until: at(59) })
  })

  it('lets one call try when the minute is over', () => {
    const failures = [call('failed', 1), call('failed', 2), call('failed', 3)]
    expect(breakerOf(failures, at(59))).toEqual({ state: 'half-open', trialUnderWay: false })
    const trial: BreakerCall = { outcome: 'pending', begunAt: at(60), endedAt: null }
    expect(breakerOf([trial, ...failures], at(61))).toEqual({ state: 'half-open', trialUnderWay: true })
    // What was under way when it opened is no trial.
    expect(breakerOf([call('pending', 5), ...failures], at(61))).toEqual({ state: 'half-open', trialUnderWay: false })
  })

  it('closes when the trial succeeds and opens anew when it fails', () => {
    const failures = [call('failed', 1), call('failed', 2), call('failed', 3)]
    const ended = (outcome: CallOutcome): BreakerCall => ({ outcome, begunAt: at(60), endedAt: at(65) })
    expect(breakerOf([ended('answered'), ...failures], at(66))).toEqual({ state: 'closed' })
    expect(breakerOf([ended('failed'), ...failures], at(66))).toEqual({ state: 'open', until: at(125) })
  })

  it.each(['unusable', 'refused', 'rejected'] as const)('takes %s for a sign of life', (outcome) => {
    expect(breakerOf([call('failed', 1), call('failed', 2), call(outcome, 3), call('failed', 4)], at(0))).toEqual({
      state: 'closed',
    })
  })

  it.each(['limited', 'cancelled', 'lost'] as const)('learns nothing from %s', (outcome) => {
    const calls = [call('failed', 1), call(outcome, 2), call('failed', 3), call(outcome, 4), call('failed', 5)]
    expect(breakerOf(calls, at(0)).state).toBe('open')
    expect(breakerOf([call(outcome, 1), call(outcome, 2), call(outcome, 3)], at(0)).state).toBe('closed')
  })

  it('forgets what happened more than ten minutes ago', () => {
    expect(breakerOf([call('failed', 601), call('failed', 602), call('failed', 603)], at(0))).toEqual({
      state: 'closed',
    })
  })
})
