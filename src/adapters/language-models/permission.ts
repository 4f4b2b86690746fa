import type { CallOutcome } from '../../domain/model-call.ts'
import { type Breaker, breakerOf, failuresToOpen } from './breaker.ts'
import type { ModelLimits } from './model-setup.ts'

interface Spending {
  tokens: number
  /** US dollars. */
  usd: number
}

interface PermissionInput {
  /** Its calls of the last ten minutes, in any order. */
  calls: readonly { outcome: CallOutcome; begunAt: Date; endedAt: Date | null; retryAt: Date | null }[]
  /** The most this call can cost. */
  wanted: Spending
  /** Null when the call is about no recording. */
  spentOnRecording: Spending | null
  spentToday: Spending
  limits: ModelLimits
  now: Date
}

export type Permission =
  | { kind: 'go'; breaker: Breaker }
  /** Perhaps after so many seconds; `message` says why, to follow "waiting for Claude". */
  | { kind: 'wait'; seconds: number; message: string }
  /**
   * Not at all, and at once; `message` follows the name: "was not asked: …". After an outage it is worth asking again in `seconds`, for those who
   * have nobody else to ask.
   */
  | { kind: 'no'; because: 'outage'; seconds: number; message: string }
  | { kind: 'no'; because: 'budget'; message: string }

/** Whether a call may be made now. Pure; everything it looks at is read under one lock, and the call written down before the lock is let go. */
export function permissionFor(input: PermissionInput): Permission {
  const breaker = breakerOf(input.calls, input.now)
  return restOf(breaker, input.now) ?? overBudget(input) ?? quotaOf(input) ?? { kind: 'go', breaker }
}

function restOf(breaker: Breaker, now: Date): Permission | null {
  if (breaker.state === 'open')
    return {
      kind: 'no',
      because: 'outage',
      seconds: (breaker.until.getTime() - now.getTime()) / 1000,
      message: `has failed ${failuresToOpen} times in a row and is left alone until ${breaker.until.toISOString().slice(11, 19)} UTC`,
    }
  if (breaker.state === 'half-open' && breaker.trialUnderWay)
    return {
      kind: 'no',
      because: 'outage',
      seconds: lookAgainSeconds,
      message: `has failed ${failuresToOpen} times in a row and is being tried by another call`,
    }
  return null
}

function overBudget({ wanted, spentOnRecording, spentToday, limits }: PermissionInput): Permission | null {
  const { settingPrefix: name = 'MODEL' } = limits
  if (spentToday.usd + wanted.usd > limits.usdPerDay)
    return no(`the budget of $${limits.usdPerDay} a day (${name}_USD_PER_DAY) does not allow another call`)
  if (spentToday.tokens + wanted.tokens > limits.tokensPerDay)
    return no(`the budget of ${limits.tokensPerDay} tokens a day (${name}_TOKENS_PER_DAY) does not allow another call`)
  if (spentOnRecording === null) return null
  if (spentOnRecording.usd + wanted.usd > limits.usdPerRecording)
    return no(
      `the budget of $${limits.usdPerRecording} a recording (${name}_USD_PER_RECORDING) does not allow another call`,
    )
  if (spentOnRecording.tokens + wanted.tokens > limits.tokensPerRecording)
    return no(
      `the budget of ${limits.tokensPerRecording} tokens a recording (${name}_TOKENS_PER_RECORDING) does not allow another call`,
    )
  return null
}

// How soon to look again whether one of the calls under way has ended.
const lookAgainSeconds = 0.5

function quotaOf({ calls, limits, now }: PermissionInput): Permission | null {
  const time = now.getTime()
  const retryAt = Math.max(0, ...calls.map((call) => call.retryAt?.getTime() ?? 0))
  if (retryAt > time) return { kind: 'wait', seconds: (retryAt - time) / 1000, message: 'it asks us to' }
  const underWay = calls.filter(({ outcome }) => outcome === 'pending').length
  if (underWay >= limits.callsAtOnce)
    return { kind: 'wait', seconds: lookAgainSeconds, message: `${underWay} calls are under way` }
  const lastMinute = calls.map(({ begunAt }) => begunAt.getTime()).filter((begun) => begun > time - 60_000)
  if (lastMinute.length < limits.callsPerMinute) return null
  const oldest = lastMinute.sort((a, b) => b - a)[limits.callsPerMinute - 1] ?? time
  return {
    kind: 'wait',
    seconds: (oldest + 60_000 - time) / 1000,
    message: `${limits.callsPerMinute} calls a minute are allowed`,
  }
}

function no(reason: string): Permission {
  return { kind: 'no', because: 'budget', message: `was not asked: ${reason}` }
}
