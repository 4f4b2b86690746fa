import { describe, expect, it } from 'vitest'
import type { CallOutcome } from '../../domain/model-call.ts'
import { permissionFor } from './permission.ts'

const noon = Date.UTC(2026, 10, 22, 12)
const at = (seconds: number) => new Date(noon + seconds * 1000)

function call(outcome: CallOutcome, secondsAgo: number, retryIn: number | null = null) {
  return {
    outcome,
    begunAt: at(-secondsAgo),
    endedAt: outcome === 'pending' ? null : at(-secondsAgo + 0.5),
    retryAt: retryIn === null ? null : at(retryIn),
  }
}

const limits = {
  callsPerMinute: 5,
  callsAtOnce: 2,
  tokensPerRecording: 1000,
  tokensPerDay: 5000,
  usdPerRecording: 1,
  usdPerDay: 3,
  timeoutSeconds: 60,
  patienceSeconds: 180,
}

function ask(changes: Partial<Parameters<typeof permissionFor>[0]> = {}) {
  return permissionFor({
    calls: [],
    wanted: { tokens: 100, usd: 0.1 },
    spentOnRecording: { tokens: 0, usd: 0 },
    spentToday: { tokens: 0, usd: 0 },
    limits,
    now: at(0),
    ...changes,
  })
}

describe('permissionFor', () => {
  it('lets a call go', () => {
    expect(ask()).toMatchObject({ kind: 'go' })
    expect(ask({ spentOnRecording: null })).toMatchObject({ kind: 'go' })
  })

  it('says no at once while the breaker is open, whatever else there is to wait for', () => {
    const calls = [call('failed', 1), call('failed', 2), call('failed', 3), call('limited', 4, 30)]
    expect(ask({ calls })).toEqual({
      kind: 'no',
      because: 'outage',
      seconds: 59.5,
      message: 'has failed 3 times in a row and is left alone until 12:00:59 UTC',
    })
  })

  it('lets exactly one call try when the breaker is half-open', () => {
    const failures = [call('failed', 61), call('failed', 62), call('failed', 63)]
    expect(ask({ calls: failures })).toMatchObject({ kind: 'go', breaker: { state: 'half-open' } })
    expect(ask({ calls: [call('pending', 0), ...failures] })).toMatchObject({ kind: 'no' })
  })

  it('waits until the oldest of the last minute is a minute old', () => {
    const calls = [10, 20, 30, 40, 50].map((secondsAgo) => call('answered', secondsAgo))
    expect(ask({ calls })).toEqual({ kind: 'wait', seconds: 10, message: '5 calls a minute are allowed' })
    expect(ask({ calls: [...calls.slice(0, 4), call('answered', 60)] })).toMatchObject({ kind: 'go' })
  })

  it('waits while as many calls are under way as may be', () => {
    expect(ask({ calls: [call('pending', 1), call('pending', 2)] })).toMatchObject({ kind: 'wait', seconds: 0.5 })
  })

  it('waits as long as the provider has asked anybody to', () => {
    expect(ask({ calls: [call('limited', 5, 25), call('answered', 1)] })).toMatchObject({ kind: 'wait', seconds: 25 })
    expect(ask({ calls: [call('limited', 50, -5)] })).toMatchObject({ kind: 'go' })
  })

  it.each([
    ['MODEL_USD_PER_DAY', { spentToday: { tokens: 0, usd: 2.95 } }],
    ['MODEL_TOKENS_PER_DAY', { spentToday: { tokens: 4901, usd: 0 } }],
    ['MODEL_USD_PER_RECORDING', { spentOnRecording: { tokens: 0, usd: 0.95 } }],
    ['MODEL_TOKENS_PER_RECORDING', { spentOnRecording: { tokens: 901, usd: 0 } }],
  ])('keeps to %s', (setting, spent) => {
    expect(ask(spent)).toMatchObject({ kind: 'no', message: expect.stringContaining(setting) })
  })

  it('asks models that cost nothing with a budget of nothing', () => {
    const free = { ...limits, usdPerDay: 0, usdPerRecording: 0 }
    expect(ask({ limits: free, wanted: { tokens: 100, usd: 0 } })).toMatchObject({ kind: 'go' })
    expect(ask({ limits: free })).toMatchObject({ kind: 'no' })
  })
})
