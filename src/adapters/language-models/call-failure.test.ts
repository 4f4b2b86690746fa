import { describe, expect, it } from 'vitest'
import { callFailureOf, retryAfterOf } from './call-failure.ts'
import { AnswerTooLong } from './limited-fetch.ts'

const now = new Date(Date.UTC(2026, 10, 22, 12))
const live = new AbortController().signal
const failureOf = (thrown: unknown, { signal = live, timeout = live } = {}) =>
  callFailureOf(thrown, { signal, timeout, timeoutSeconds: 60, now })

function response(statusCode: number, more: { responseBody?: string; responseHeaders?: Record<string, string> } = {}) {
  return Object.assign(new Error('from the provider'), { statusCode, ...more })
}

describe('callFailureOf', () => {
  it.each([
    [429, 'limited', true],
    [500, 'failed', true],
    [502, 'failed', true],
    [503, 'failed', true],
    [529, 'failed', true],
    [408, 'failed', true],
    [400, 'rejected', false],
    [401, 'rejected', false],
    [403, 'rejected', false],
    [404, 'rejected', false],
    [413, 'rejected', false],
    [402, 'rejected', false],
  ])('%i is %s', (statusCode, outcome, retry) => {
    expect(failureOf(response(statusCode))).toMatchObject({ outcome, retry, httpStatus: statusCode })
  })

  it('does not wait for a quota that is an empty account', () => {
    const responseBody = '{"error":{"code":"insufficient_quota","message":"You exceeded your current quota"}}'
    expect(failureOf(response(429, { responseBody }))).toMatchObject({ outcome: 'rejected', retry: false })
  })

  it('waits when it has had enough calls and is offered a larger account', () => {
    const responseBody =
      '{"error":{"message":"Rate limit reached for model `whisper-large-v3-turbo`. Upgrade at https://console.groq.com/settings/billing","code":"rate_limit_exceeded"}}'
    expect(failureOf(response(429, { responseBody }))).toMatchObject({ outcome: 'limited', retry: true })
    expect(failureOf(response(400, { responseBody: 'billing hard limit' }))).toMatchObject({ outcome: 'rejected' })
  })

  it('hands on how long the provider wants to be left alone', () => {
    expect(failureOf(response(429, { responseHeaders: { 'retry-after': '17' } }))).toMatchObject({
      retryAfterSeconds: 17,
    })
    expect(failureOf(response(529, { responseHeaders: { 'retry-after-ms': '250' } })).retryAfterSeconds).toBe(0.25)
  })

  it('takes what has no answer for an outage', () => {
    const refused = new TypeError('fetch failed', { cause: new Error('connect ECONNREFUSED 127.0.0.1:1') })
    expect(failureOf(refused)).toEqual({
      outcome: 'failed',
      retry: true,
      retryAfterSeconds: null,
      httpStatus: null,
      message: 'is out of reach: connect ECONNREFUSED 127.0.0.1:1',
    })
  })

  it('tells our own ends from theirs', () => {
    const aborted = AbortSignal.abort(new Error('the run was cancelled'))
    expect(failureOf(new Error('aborted'), { signal: aborted })).toMatchObject({ outcome: 'cancelled', retry: false })
    expect(failureOf(new Error('aborted'), { timeout: aborted })).toMatchObject({ outcome: 'timed-out', retry: true })
  })

  it('finds an endless answer below what was made of it', () => {
    const wrapped = new Error('Failed to process', {
      cause: new TypeError('terminated', { cause: new AnswerTooLong(10) }),
    })
    expect(failureOf(wrapped)).toMatchObject({ outcome: 'unusable', retry: false })
  })

  it('survives an error that is its own cause', () => {
    const circular = new Error('round')
    circular.cause = circular
    expect(failureOf(circular)).toMatchObject({ outcome: 'failed' })
  })
})

describe('retryAfterOf', () => {
  it.each([
    ['30', 30],
    ['0', 0],
    ['1.5', 1.5],
    ['Sun, 22 Nov 2026 12:01:00 GMT', 60],
    ['Sun, 22 Nov 2026 11:00:00 GMT', 0],
    ['soon', null],
    ['', null],
    ['-5', null],
  ])('reads %j', (value, seconds) => {
    expect(retryAfterOf({ 'retry-after': value }, now)).toBe(seconds)
  })

  it('is null without a header', () => {
    expect(retryAfterOf({}, now)).toBeNull()
  })
})
