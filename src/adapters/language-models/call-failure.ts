import type { CallOutcome } from '../../domain/model-call.ts'
import { FormatRefused } from './format-refused.ts'
import { AnswerTooLong } from './limited-fetch.ts'

export interface CallFailure {
  outcome: Extract<CallOutcome, 'rejected' | 'limited' | 'failed' | 'timed-out' | 'unusable' | 'cancelled'>
  /** Whether the same request can succeed in a moment. */
  retry: boolean
  /** Seconds the provider asks us to wait; null when it does not say. */
  retryAfterSeconds: number | null
  httpStatus: number | null
  /** What happened, to follow "Claude": "is overloaded". May hold what the provider said. */
  message: string
}

interface FailureContext {
  /** Ours, when we do not want the answer any more. */
  signal: AbortSignal
  /** Aborted when the call took too long. */
  timeout: AbortSignal
  timeoutSeconds: number
  now: Date
}

/** What a thrown error of a call means: whose fault it is, and whether trying again can help. */
export function callFailureOf(thrown: unknown, { signal, timeout, timeoutSeconds, now }: FailureContext): CallFailure {
  const nothing = { retryAfterSeconds: null, httpStatus: null }
  if (signal.aborted) return { ...nothing, outcome: 'cancelled', retry: false, message: 'was interrupted' }
  if (causesOf(thrown).some((cause) => cause instanceof AnswerTooLong))
    return { ...nothing, outcome: 'unusable', retry: false, message: 'gave an answer of more than a megabyte' }
  if (thrown instanceof FormatRefused)
    return { ...nothing, outcome: 'rejected', retry: true, message: 'does not hold answers to a schema' }
  if (timeout.aborted)
    return { ...nothing, outcome: 'timed-out', retry: true, message: `did not answer within ${timeoutSeconds} s` }
  const response = causesOf(thrown).find(isResponse)
  if (response === undefined)
    return { ...nothing, outcome: 'failed', retry: true, message: `is out of reach: ${lastWords(thrown)}` }
  if (response.statusCode < 400)
    return { ...nothing, outcome: 'failed', retry: true, message: 'broke off its answer, or garbled it' }
  return {
    ...meaningOf(response),
    retryAfterSeconds: retryAfterOf(response.responseHeaders ?? {}, now),
    httpStatus: response.statusCode,
  }
}

interface ErrorResponse {
  statusCode: number
  responseHeaders?: Record<string, string | undefined>
  responseBody?: string
  message: string
}

function meaningOf(response: ErrorResponse): Pick<CallFailure, 'outcome' | 'retry' | 'message'> {
  const { statusCode, responseBody = '' } = response
  const said = `${statusCode}: ${response.message}`
  // A full quota and an empty account come with the same status; waiting helps with one of them.
  if (statusCode === 402 || isOutOfCredit(statusCode, responseBody))
    return { outcome: 'rejected', retry: false, message: `has no credit left for this key (${said})` }
  if (statusCode === 429) return { outcome: 'limited', retry: true, message: 'has had enough calls for the moment' }
  if (statusCode === 401 || statusCode === 403)
    return { outcome: 'rejected', retry: false, message: `does not accept the key (${said})` }
  if (statusCode === 404) return { outcome: 'rejected', retry: false, message: `does not know this model (${said})` }
  if (statusCode === 529) return { outcome: 'failed', retry: true, message: 'is overloaded' }
  if (statusCode === 408 || statusCode === 409 || statusCode >= 500)
    return { outcome: 'failed', retry: true, message: `is broken at the moment (${statusCode})` }
  return { outcome: 'rejected', retry: false, message: `does not accept the request (${said})` }
}

/** Who has had enough calls is told, too, where a larger account can be bought: Groq, and OpenAI to new accounts. */
function isOutOfCredit(statusCode: number, body: string): boolean {
  if (/insufficient_quota|credit balance/i.test(body)) return true
  return /billing/i.test(body) && !(statusCode === 429 && /rate.?limit/i.test(body))
}

/** RFC 9110 §10.2.3: seconds or a date. Some providers give milliseconds too, which are finer. */
export function retryAfterOf(headers: Record<string, string | undefined>, now: Date): number | null {
  const milliseconds = Number(headers['retry-after-ms'] ?? Number.NaN)
  if (Number.isFinite(milliseconds) && milliseconds >= 0) return milliseconds / 1000
  const value = headers['retry-after']?.trim()
  if (value === undefined || value === '') return null
  const seconds = /^\d+(?:\.\d+)?$/.test(value) ? Number(value) : secondsUntil(value, now)
  return Number.isFinite(seconds) ? Math.max(0, seconds) : null
}

/** Only of what has the name of a month: `Date.parse` makes a date of nearly anything. */
function secondsUntil(date: string, now: Date): number {
  return /[a-z]{3}/i.test(date) ? (Date.parse(date) - now.getTime()) / 1000 : Number.NaN
}

function isResponse(error: unknown): error is ErrorResponse & Error {
  return error instanceof Error && 'statusCode' in error && typeof error.statusCode === 'number'
}

function causesOf(thrown: unknown): unknown[] {
  const causes: unknown[] = []
  let error = thrown
  // Ten at most: an error may be its own cause.
  while (error !== undefined && causes.length < 10) {
    causes.push(error)
    error = error instanceof Error ? error.cause : undefined
  }
  return causes
}

function lastWords(thrown: unknown): string {
  const last = causesOf(thrown).findLast((cause) => cause instanceof Error && cause.message !== '')
  return last instanceof Error ? last.message : String(thrown)
}
