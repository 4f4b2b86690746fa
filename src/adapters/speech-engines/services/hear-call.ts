import type { Kysely } from 'kysely'
import type { z } from 'zod'
import type { Tables } from '../../../database/tables.ts'
import { type CallEnd, countLostCalls, findAnswer, hearing, noteReuse } from '../../../library/model-calls.store.ts'
import { WindowLost } from '../../../pipeline/transcribe/speech-errors.ts'
import { callDesk } from '../../language-models/call-desk.ts'
import { type CallFailure, callFailureOf } from '../../language-models/call-failure.ts'
import type { Clock } from '../../language-models/clock.ts'
import type { ModelLimits } from '../../language-models/model-setup.ts'
import { withoutSecrets } from '../../language-models/without-secrets.ts'
import { HearingUnusable } from './read-hearing.ts'
import { sendWindow } from './send-window.ts'
import { ServiceRefused, ServiceUnavailable, SpeechBudgetSpent } from './service-errors.ts'
import type { ServiceLimits, ServiceSetup } from './service-setup.ts'
import type { WindowRequest } from './window-request.ts'

interface CallParts {
  db: Kysely<Tables>
  limits: ServiceLimits
  recordingId: string | null
  runId: string | null
  clock: Clock
  /** Nobody is asked after it: an outage is waited for. */
  isLast: boolean
}

export interface HearCall<T> {
  setup: ServiceSetup
  /** SHA-256 of all that shapes the answer. */
  contentKey: string
  /** US dollars, set aside until it is known. */
  reservedUsd: number
  request: () => WindowRequest
  /** @throws HearingUnusable */
  read: (text: string) => { answer: T; usd: number }
  /** The shape of an answer that was kept. */
  kept: z.ZodType<T>
  /** What it means that the service does not take this window. */
  onRejected: (reason: string) => Error
}

/** With the breaker open after three failures, a fourth try would not be made anyway. */
const mostTries = 3
/** Who crashed twice on the same window may crash, and pay, a third time. */
const mostLost = 2

/**
 * One window, heard: an answer that was kept, else a call, waited for where there is a quota, and tried again where that can help. Every call is
 * written down before it is made.
 * @throws WindowLost | ServiceRefused | ServiceUnavailable | SpeechBudgetSpent, or the signal's reason
 */
export async function hearCall<T>(
  parts: CallParts,
  call: HearCall<T>,
  signal: AbortSignal,
): Promise<{ answer: T; usd: number }> {
  const { db, clock, limits } = parts
  const known = await findAnswer(db, { contentKey: call.contentKey, since: null })
  const read = call.kept.safeParse(known?.answer)
  if (known !== null && read.success) {
    await noteReuse(db, known.id)
    return { answer: read.data, usd: 0 }
  }
  if ((await countLostCalls(db, call.contentKey)) >= mostLost)
    throw new WindowLost(
      call.setup.label,
      `this part was sent ${mostLost} times by a process that did not live to hear the answer`,
    )
  const deadline = (await clock.now(db)).getTime() + limits.patienceSeconds * 1000
  return new Calling(parts, call, { signal, deadline }).untilHeard()
}

class Calling<T> {
  readonly #parts: CallParts
  readonly #call: HearCall<T>
  readonly #signal: AbortSignal
  readonly #deadline: number
  readonly #desk: ReturnType<typeof callDesk>
  #failures = 0
  #timesLimited = 0

  constructor(parts: CallParts, call: HearCall<T>, { signal, deadline }: { signal: AbortSignal; deadline: number }) {
    this.#parts = parts
    this.#call = call
    this.#signal = signal
    this.#deadline = deadline
    const { db, clock, limits } = parts
    this.#desk = callDesk({ db, clock, kind: 'speech', limits: deskLimits(limits) })
  }

  async untilHeard(): Promise<{ answer: T; usd: number }> {
    for (;;) {
      const id = await this.#begin()
      const result = await this.#send()
      if ('failure' in result) {
        await this.#desk.end(this.#call.setup, this.#failedEnd(id, result.failure, result.now))
        await this.#afterFailure(result.failure)
        continue
      }
      try {
        const { answer, usd } = this.#call.read(result.text)
        await this.#desk.end(this.#call.setup, { id, outcome: 'answered', answer, costUsd: usd })
        return { answer, usd }
      } catch (error) {
        if (!(error instanceof HearingUnusable)) throw error
        // It was paid for, whatever it is worth.
        const end = { id, outcome: 'unusable' as const, costUsd: this.#call.reservedUsd }
        await this.#desk.end(this.#call.setup, {
          ...end,
          error: this.#errorOf('SPEECH_ANSWER_UNUSABLE', error.message),
        })
        throw new WindowLost(this.#call.setup.label, `it ${this.#clean(error.message)}`)
      }
    }
  }

  /** Writes the call down, after waiting for its turn where there is a quota. */
  async #begin(): Promise<string> {
    const { clock, db, recordingId, runId } = this.#parts
    const { setup, contentKey, reservedUsd } = this.#call
    const row = { purpose: hearing, promptVersion: '1', contentKey, recordingId, runId, reservedTokens: 0, reservedUsd }
    for (;;) {
      this.#signal.throwIfAborted()
      const begun = await this.#desk.begin(setup, row)
      if (begun.kind === 'go') return begun.id
      if (begun.kind === 'no' && begun.because === 'budget') throw new SpeechBudgetSpent(setup.label, begun.message)
      if (begun.kind === 'no' && !this.#parts.isLast) throw new ServiceUnavailable(setup.label, begun.message)
      const now = await clock.now(db)
      if (now.getTime() + begun.seconds * 1000 > this.#deadline)
        throw new ServiceUnavailable(
          setup.label,
          `would keep us waiting for ${Math.ceil(begun.seconds)} s (${begun.message})`,
        )
      await clock.sleep(begun.seconds, this.#signal)
    }
  }

  async #send(): Promise<{ text: string } | { failure: CallFailure; now: Date }> {
    const { limits, clock, db } = this.#parts
    const { timeoutSeconds } = limits
    const timeout = AbortSignal.timeout(timeoutSeconds * 1000)
    try {
      return { text: await sendWindow(this.#call.request(), AbortSignal.any([this.#signal, timeout])) }
    } catch (thrown) {
      const now = await clock.now(db)
      return { failure: callFailureOf(thrown, { signal: this.#signal, timeout, timeoutSeconds, now }), now }
    }
  }

  #failedEnd(id: string, failure: CallFailure, now: Date): CallEnd {
    const { outcome, httpStatus, retryAfterSeconds, message } = failure
    const isLimited = outcome === 'limited'
    if (isLimited) this.#timesLimited++
    // Some ask for a second, over and over.
    const wait = isLimited ? Math.max(retryAfterSeconds ?? 0, backoffSeconds(this.#timesLimited)) : retryAfterSeconds
    return {
      id,
      outcome,
      httpStatus,
      error: this.#errorOf('MODEL_CALL_FAILED', message),
      retryAt: wait === null ? null : new Date(now.getTime() + wait * 1000),
    }
  }

  /** Returns to be tried again. */
  async #afterFailure({ outcome, retry, httpStatus, message }: CallFailure): Promise<void> {
    this.#signal.throwIfAborted()
    const { label } = this.#call.setup
    const reason = this.#clean(message)
    if (outcome === 'unusable') throw new WindowLost(label, `it ${reason}`)
    if (outcome === 'rejected' && isAboutWindow(httpStatus, message)) throw this.#call.onRejected(reason)
    if (outcome === 'rejected') throw new ServiceRefused(label, reason, { isAboutAccount: isAboutAccount(httpStatus) })
    // The quota is waited for where the next call begins.
    if (outcome === 'limited') return
    this.#failures++
    const { clock, db } = this.#parts
    const seconds = backoffSeconds(this.#failures)
    const isLate = (await clock.now(db)).getTime() + seconds * 1000 > this.#deadline
    if (!retry || isLate || this.#failures >= mostTries) throw new ServiceUnavailable(label, reason)
    await clock.sleep(seconds, this.#signal)
  }

  #errorOf(code: string, message: string) {
    return { code, message: `${this.#call.setup.label} ${this.#clean(message)}.`, retry: 'later' as const }
  }

  #clean(message: string): string {
    return withoutSecrets(message, [this.#call.setup.apiKey]).replace(/\.$/, '')
  }
}

/** Not the key, nor a model it does not know, which some say with the status of a bad request. */
function isAboutWindow(status: number | null, message: string): boolean {
  return status !== null && [400, 413, 415, 422].includes(status) && !namesModel.test(message)
}

const namesModel =
  /\b(?:invalid|unknown|unsupported|deprecated|retired)\b.{0,20}\bmodel\b|\bmodel\b.{0,60}\b(?:not|invalid|unknown|deprecated|retired|shut down)\b/i

function isAboutAccount(status: number | null): boolean {
  return status !== null && [401, 402, 403, 429].includes(status)
}

function deskLimits(limits: ServiceLimits): ModelLimits {
  const unlimited = Number.POSITIVE_INFINITY
  return { ...limits, tokensPerRecording: unlimited, tokensPerDay: unlimited, settingPrefix: 'TRANSCRIPTION' }
}

/** 1, 3, 9 seconds, up to half as much more, so that those who failed together don't come back together. */
function backoffSeconds(failures: number): number {
  return 3 ** (failures - 1) * (1 + Math.random() / 2)
}
