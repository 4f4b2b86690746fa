import type { ModelName } from '../../pipeline/language-model.ts'

export const providerNames = ['anthropic', 'openai', 'xai', 'mistral', 'openai-compatible'] as const
export type ProviderName = (typeof providerNames)[number]

/** US dollars for a million tokens. */
export interface Price {
  input: number
  output: number
}

/** One model that may be asked, and how to reach it. */
export interface ModelSetup extends ModelName {
  provider: ProviderName
  /** Null where none is needed, as for a server of one's own. A secret. */
  apiKey: string | null
  /** Null: the provider's own address. */
  baseUrl: string | null
  price: Price
  /** Most tokens of a prompt: what it reads well and is worth its price, not the most it takes. */
  inputTokens: number
  /** Most tokens of an answer, thinking included, that fit beside such a prompt. */
  outputTokens: number
}

/** What calls may cost and how long they may take; shared by all processes that use the database. */
export interface ModelLimits {
  callsPerMinute: number
  callsAtOnce: number
  tokensPerRecording: number
  tokensPerDay: number
  /** US dollars. */
  usdPerRecording: number
  usdPerDay: number
  /** Seconds one call may take. */
  timeoutSeconds: number
  /** Seconds after which nobody waits any longer for an answer, tries and quotas together. */
  patienceSeconds: number
  /** How the settings of the budgets begin, for sentences; `MODEL` unless told. */
  settingPrefix?: string
}
