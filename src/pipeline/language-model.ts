import type { z } from 'zod'

/** Something to ask a language model, with what makes an answer usable. */
export interface Question<T> {
  /** What it is for, kept with the call: `moments`, `topics`. */
  purpose: string
  /** Changes with every change of the wording, so that an answer can be traced to its question. */
  promptVersion: string
  /** What the model is to do; never holds text from outside. */
  system: string
  /** The material, outside text delimited. */
  prompt: string
  /** The shape of an answer. */
  schema: z.ZodType<T>
  /** What is wrong with an answer of the right shape, in sentences the model can act on; none when it can be used. */
  problemsOf?: (answer: T) => string[]
  maxOutputTokens: number
  /** Whose budget it is; null when it is about no recording. */
  recordingId: string | null
  runId: string | null
  /** An answer given to exactly this question within so many seconds is as good as a new one. */
  keepSeconds: number
}

export interface ModelName {
  /** e.g. `anthropic`. */
  provider: string
  /** As the provider calls it, e.g. `claude-sonnet-4-5`. */
  model: string
  /** For people, e.g. `Claude`. */
  label: string
}

/** Nobody answering is an ordinary thing: whoever asks has another way, and gets the reason as a sentence to show. */
export type Reply<T> =
  | { outcome: 'answered'; answer: T; by: ModelName; cached: boolean }
  | { outcome: 'unavailable'; message: string; reasons: { by: ModelName; reason: string }[] }

export interface AskOptions {
  signal: AbortSignal
  /** Called with words for a person whenever an answer has to be waited for. */
  onWait?: (message: string) => void
}

/**
 * A language model as the pipeline sees it: asks one after the other of those that are set, until one gives a usable answer. Promises: the
 * same question is paid for once; never longer than its patience; throws only what `signal` was aborted with.
 */
export interface LanguageModel {
  /** Who may be asked, the first to be asked first; never empty. */
  readonly choices: readonly ModelName[]
  /** Most tokens of a prompt that the first of them reads. */
  readonly inputTokens: number
  ask<T>(question: Question<T>, options: AskOptions): Promise<Reply<T>>
}
