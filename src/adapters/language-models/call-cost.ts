import { countTokens } from '../../pipeline/count-tokens.ts'
import type { Question } from '../../pipeline/language-model.ts'
import type { ModelSetup, Price } from './model-setup.ts'
import type { WireAnswer, WireMessage } from './wire-model.ts'

/** What a call is, as it is written down, with the most it can cost. */
export function callOf<T>(question: Question<T>, messages: readonly WireMessage[], setup: ModelSetup) {
  const { purpose, promptVersion, recordingId, runId, system } = question
  const output = outputTokensOf(question, setup)
  const input = messages.reduce((sum, { content }) => sum + countTokens(content), countTokens(system))
  return {
    purpose,
    promptVersion,
    recordingId,
    runId,
    reservedTokens: input + output,
    reservedUsd: costOf({ input, output }, setup.price),
  }
}

/** Most tokens of the answer: what the question wants, as far as the model has room for it. */
export function outputTokensOf<T>({ maxOutputTokens }: Question<T>, { outputTokens }: ModelSetup): number {
  return Math.min(maxOutputTokens, outputTokens)
}

/** What an answer has cost, by list price; what the provider does not say counts as nothing. */
export function usageOf({ inputTokens, outputTokens }: WireAnswer, price: Price) {
  return {
    inputTokens,
    outputTokens,
    costUsd: costOf({ input: inputTokens ?? 0, output: outputTokens ?? 0 }, price),
  }
}

function costOf(tokens: { input: number; output: number }, price: Price): number {
  return (tokens.input * price.input + tokens.output * price.output) / 1_000_000
}
