import type { Kysely } from 'kysely'
import type { Tables } from '../../database/tables.ts'
import { type CallEnd, countLostCalls, findAnswer, noteReuse } from '../../library/model-calls.store.ts'
import { contentHash } from '../../pipeline/content-hash.ts'
import { countTokens } from '../../pipeline/count-tokens.ts'
import type { AskOptions, Question } from '../../pipeline/language-model.ts'
import { callOf, outputTokensOf, usageOf } from './call-cost.ts'
import type { CallDesk } from './call-desk.ts'
import { type CallFailure, callFailureOf } from './call-failure.ts'
import type { Clock } from './clock.ts'
import type { ModelLimits, ModelSetup } from './model-setup.ts'
import { readAnswer } from './read-answer.ts'
import type { OpenWireModel, WireAnswer, WireMessage, WireModel } from './wire-model.ts'
import { withoutSecrets } from './without-secrets.ts'

export interface AskParts {
  db: Kysely<Tables>
  desk: CallDesk
  limits: ModelLimits
  clock: Clock
  open: OpenWireModel
  /** Taken out of everything that is kept or shown. */
  secrets: readonly (string | null)[]
}

export type OneReply<T> =
  | { outcome: 'answered'; answer: T; cached: boolean }
  /** `reason` follows the name: "does not accept the key". */
  | { outcome: 'unavailable'; reason: string }

// With the breaker open after three failures, a fourth try would not be made anyway.
const mostTries = 3
// Who crashed twice on the same question may crash, and pay, a third time.
const mostLost = 2

/**
 * Asks one model: an answer that was kept, else a call, tried again where that can help and mended once where the answer can't be used.
 * Throws only what `signal` was aborted with.
 */
export async function askOneModel<T>(
  parts: AskParts,
  {
    setup,
    question,
    deadline,
    options,
  }: { setup: ModelSetup; question: Question<T>; deadline: Date; options: AskOptions },
): Promise<OneReply<T>> {
  const asking = new Asking(parts, { setup, question, deadline, options })
  return (await asking.keptAnswer()) ?? (await asking.refusal()) ?? asking.newAnswer()
}

interface AskingInput<T> {
  setup: ModelSetup
  question: Question<T>
  deadline: Date
  options: AskOptions
}

class Asking<T> {
  readonly #parts: AskParts
  readonly #input: AskingInput<T>
  readonly #contentKey: string
  #failures = 0
  #timesLimited = 0
  #wasMended = false

  constructor(parts: AskParts, input: AskingInput<T>) {
    this.#parts = parts
    this.#input = input
    this.#contentKey = contentKeyOf(input.setup, input.question)
  }

  async keptAnswer(): Promise<OneReply<T> | null> {
    const { db, clock } = this.#parts
    const { keepSeconds } = this.#input.question
    const since = Number.isFinite(keepSeconds) ? new Date((await clock.now(db)).getTime() - keepSeconds * 1000) : null
    const kept = await findAnswer(db, { contentKey: this.#contentKey, since })
    if (kept === null) return null
    const read = readAnswer(this.#input.question, kept.answer)
    if (read.problem !== null) return null
    await noteReuse(db, kept.id)
    return { outcome: 'answered', answer: read.answer, cached: true }
  }

  async refusal(): Promise<OneReply<T> | null> {
    const { setup, question } = this.#input
    const tokens = countTokens(question.system) + countTokens(question.prompt)
    // The limit is what it reads well; our count of tokens is a guess.
    if (tokens > setup.inputTokens * 1.5)
      return unavailable(`reads ${setup.inputTokens} tokens, and this is about ${tokens}`)
    if ((await countLostCalls(this.#parts.db, this.#contentKey)) >= mostLost)
      return unavailable(`was asked this ${mostLost} times by a process that did not live to hear the answer`)
    return null
  }

  async newAnswer(): Promise<OneReply<T>> {
    const { setup, question } = this.#input
    const model = await this.#parts.open(setup)
    let messages: WireMessage[] = [{ role: 'user', content: question.prompt }]
    for (;;) {
      const turn = await this.#takeTurn(model, messages)
      if ('reply' in turn) return turn.reply
      if ('mend' in turn) messages = [...messages, ...turn.mend]
    }
  }

  /** One call: an end of the matter, messages to mend the answer with, or nothing, which is to try again. */
  async #takeTurn(
    model: WireModel,
    messages: WireMessage[],
  ): Promise<{ reply: OneReply<T> } | { mend: WireMessage[] } | object> {
    const { desk } = this.#parts
    const { setup } = this.#input
    const begun = await this.#begin(messages)
    if ('reply' in begun) return begun
    const result = await this.#call(model, messages)
    if ('failure' in result) {
      await desk.end(setup, this.#failedEnd(begun.id, result.failure, result.now))
      return this.#afterFailure(result.failure)
    }
    const { text, finish } = result.answer
    const read = finish === 'refused' ? null : readAnswer(this.#input.question, text)
    const usage = { id: begun.id, ...usageOf(result.answer, setup.price) }
    if (read === null) {
      await desk.end(setup, { ...usage, outcome: 'refused' })
      return { reply: unavailable('declined to answer') }
    }
    if (read.problem === null) {
      await desk.end(setup, { ...usage, outcome: 'answered', answer: read.answer })
      return { reply: { outcome: 'answered', answer: read.answer, cached: false } }
    }
    const problem = finish === 'length' ? 'The answer was too long and was cut off.' : read.problem
    await desk.end(setup, { ...usage, outcome: 'unusable', error: this.#errorOf('MODEL_ANSWER_UNUSABLE', problem) })
    return this.#afterUnusable(text, problem)
  }

  /** Writes the call down, after waiting for its turn where there is a quota. */
  async #begin(messages: readonly WireMessage[]): Promise<{ id: string } | { reply: OneReply<T> }> {
    const { desk, clock, db } = this.#parts
    const { setup, question, deadline, options } = this.#input
    const call = { ...callOf(question, messages, setup), contentKey: this.#contentKey }
    for (;;) {
      options.signal.throwIfAborted()
      const begun = await desk.begin(setup, call)
      if (begun.kind === 'go') return { id: begun.id }
      if (begun.kind === 'no') return { reply: unavailable(begun.message) }
      const now = await clock.now(db)
      if (now.getTime() + begun.seconds * 1000 > deadline.getTime())
        return { reply: unavailable(`would keep us waiting for ${Math.ceil(begun.seconds)} s (${begun.message})`) }
      options.onWait?.(`waiting for ${setup.label}: ${begun.message}`)
      await clock.sleep(begun.seconds, options.signal)
    }
  }

  async #call(
    model: WireModel,
    messages: WireMessage[],
  ): Promise<{ answer: WireAnswer } | { failure: CallFailure; now: Date }> {
    const { limits, clock, db } = this.#parts
    const { setup, question, options } = this.#input
    const timeout = AbortSignal.timeout(limits.timeoutSeconds * 1000)
    try {
      const { system, schema } = question
      const maxOutputTokens = outputTokensOf(question, setup)
      const signal = AbortSignal.any([options.signal, timeout])
      return { answer: await model.generate({ system, messages, schema, maxOutputTokens, signal }) }
    } catch (thrown) {
      const now = await clock.now(db)
      const context = { signal: options.signal, timeout, timeoutSeconds: limits.timeoutSeconds, now }
      return { failure: callFailureOf(thrown, context), now }
    }
  }

  #failedEnd(id: string, failure: CallFailure, now: Date): CallEnd {
    const { outcome, httpStatus, retryAfterSeconds, message } = failure
    const waitSeconds = outcome === 'limited' ? this.#waitAfterLimit(retryAfterSeconds) : retryAfterSeconds
    return {
      id,
      outcome,
      httpStatus,
      error: this.#errorOf('MODEL_CALL_FAILED', `${this.#input.setup.label} ${message}.`),
      retryAt: waitSeconds === null ? null : new Date(now.getTime() + waitSeconds * 1000),
    }
  }

  /** At least as long as the provider asks for, and longer each time: some ask for a second, over and over. */
  #waitAfterLimit(retryAfterSeconds: number | null): number {
    this.#timesLimited++
    return Math.max(retryAfterSeconds ?? 0, backoffSeconds(this.#timesLimited))
  }

  async #afterFailure(failure: CallFailure): Promise<{ reply: OneReply<T> } | object> {
    const { clock, db } = this.#parts
    const { deadline, options } = this.#input
    options.signal.throwIfAborted()
    const reply = unavailable(withoutSecrets(failure.message, this.#parts.secrets))
    if (!failure.retry) return { reply }
    // How long a quota lasts the provider has said, or will say again: only patience ends that.
    if (failure.outcome === 'limited') return {}
    this.#failures++
    const seconds = backoffSeconds(this.#failures)
    const now = await clock.now(db)
    if (this.#failures >= mostTries || now.getTime() + seconds * 1000 > deadline.getTime()) return { reply }
    options.onWait?.(`${this.#input.setup.label} ${reply.reason}; trying again`)
    await clock.sleep(seconds, options.signal)
    return {}
  }

  #afterUnusable(text: string, problem: string): { reply: OneReply<T> } | { mend: WireMessage[] } {
    if (this.#wasMended)
      return { reply: unavailable(`gave no usable answer, twice: ${withoutSecrets(problem, this.#parts.secrets)}`) }
    this.#wasMended = true
    return {
      mend: [
        // Nothing is no message; some providers refuse it.
        { role: 'assistant', content: text.slice(0, mostQuoted) || '(nothing)' },
        {
          role: 'user',
          content: `That can't be used: ${problem} Answer again, with nothing but the JSON object in the form asked for.`,
        },
      ],
    }
  }

  #errorOf(code: string, message: string) {
    return { code, message: withoutSecrets(message, this.#parts.secrets), retry: 'later' as const }
  }
}

// Enough of a wrong answer for the model to see what was wrong with it.
const mostQuoted = 4000

function unavailable(reason: string): { outcome: 'unavailable'; reason: string } {
  return { outcome: 'unavailable', reason }
}

function contentKeyOf<T>(
  { provider, model }: ModelSetup,
  { purpose, promptVersion, system, prompt }: Question<T>,
): string {
  return contentHash({ provider, model, purpose, promptVersion, system, prompt })
}

/** 1, 3, 9 seconds, up to half as much more, so that those who failed together don't come back together. */
function backoffSeconds(failures: number): number {
  return 3 ** (failures - 1) * (1 + Math.random() / 2)
}
