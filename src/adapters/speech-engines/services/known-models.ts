import type { ServiceName, WordTimes } from './service-setup.ts'

interface KnownModel {
  usdPerHour: number
  times: WordTimes
}

/**
 * What models cost in US dollars an hour of sound, and how finely they tell times, by how their names begin; the first that fits counts. From the
 * pages of the services as of November 2026 (developers.openai.com/api/docs/guides/speech-to-text and /models/gpt-transcribe,
 * docs.mistral.ai/studio/audio/migrate-from-voxtral-2, docs.x.ai/developers/models/speech-to-text, console.groq.com/docs/speech-to-text);
 * where in doubt, rather too much. Prices guard a budget and are no bill.
 */
const known: readonly (readonly [service: ServiceName, name: string, model: KnownModel])[] = [
  ['openai', 'whisper', { usdPerHour: 0.36, times: 'words' }],
  ['openai', 'gpt-4o-mini-transcribe', { usdPerHour: 0.18, times: 'none' }],
  ['openai', 'gpt-4o-transcribe', { usdPerHour: 0.36, times: 'none' }],
  ['openai', 'gpt-transcribe', { usdPerHour: 0.27, times: 'none' }],
  ['mistral', 'voxtral-mini-transcribe', { usdPerHour: 0.21, times: 'segments' }],
  ['mistral', 'voxtral-small-transcribe', { usdPerHour: 0.24, times: 'segments' }],
  ['mistral', 'voxtral-mini-2', { usdPerHour: 0.18, times: 'words' }],
  ['mistral', 'voxtral-mini-latest', { usdPerHour: 0.21, times: 'segments' }],
  ['xai', 'grok-voice-transcribe-1', { usdPerHour: 0.1, times: 'words' }],
  ['xai', 'grok-voice-transcribe', { usdPerHour: 0.2, times: 'words' }],
]

/** A model nobody has heard of counts as dear, and is asked for as much as its service can tell of times. */
const unknown: Record<ServiceName, KnownModel> = {
  openai: { usdPerHour: 1, times: 'none' },
  mistral: { usdPerHour: 0.5, times: 'segments' },
  xai: { usdPerHour: 0.5, times: 'words' },
  'openai-compatible': { usdPerHour: 0, times: 'words' },
}

export function knownModel(service: ServiceName, model: string): KnownModel {
  return known.find(([owner, name]) => owner === service && model.startsWith(name))?.[2] ?? unknown[service]
}
