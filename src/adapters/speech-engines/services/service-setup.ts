import type { ModelName } from '../../../pipeline/language-model.ts'
import type { WindowForm } from '../../../pipeline/transcribe/speech-engine.ts'

/** Those who hear speech for a key, and any server that speaks as OpenAI does. */
export const serviceNames = ['openai', 'mistral', 'xai', 'openai-compatible'] as const
export type ServiceName = (typeof serviceNames)[number]

/** How finely a model says when something was said. */
export type WordTimes = 'words' | 'segments' | 'none'

/** One model of one service that may be asked to hear, and how to reach it. */
export interface ServiceSetup extends ModelName {
  service: ServiceName
  /** As calls are written down: apart from the language models of the same company, whose limits and outages are others. */
  provider: `${ServiceName}-speech`
  /** Null where none is needed. A secret. */
  apiKey: string | null
  /** Up to and with the version, e.g. `https://api.openai.com/v1`. */
  baseUrl: string
  /** US dollars for an hour of sound, by list price. */
  usdPerHour: number
  times: WordTimes
  form: WindowForm
}

/** What all of an hour's, a recording's and a day's hearing may take. */
export interface ServiceLimits {
  callsPerMinute: number
  callsAtOnce: number
  /** US dollars. */
  usdPerRecording: number
  usdPerDay: number
  /** Seconds one call may take. */
  timeoutSeconds: number
  /** Seconds after which a window is not waited for any longer, tries and quotas together. */
  patienceSeconds: number
}
