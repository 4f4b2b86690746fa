import { SettingsInvalid } from '../../../config/load-settings.ts'
import type { Settings } from '../../../config/settings.ts'
import type { TranscribeMode } from '../../../domain/transcript.ts'
import type { WindowForm } from '../../../pipeline/transcribe/speech-engine.ts'
import { knownModel } from './known-models.ts'
import {
  type ServiceLimits,
  type ServiceName,
  type ServiceSetup,
  serviceNames,
  type WordTimes,
} from './service-setup.ts'

/** Who may hear a recording that has no transcript, in this order. */
export type Rung = 'local' | ServiceName

const rungNames: readonly Rung[] = ['local', ...serviceNames]

/**
 * The rungs a recording may be heard by. A service is among them only when somebody agreed that sound is sent there: by naming it in TRANSCRIBERS,
 * or by asking for `cloud`. A key alone, which may be there for other things, is no agreement; an address for nothing but this is one.
 * @throws SettingsInvalid for a name nobody knows
 */
export function rungsOf(settings: Settings, mode: TranscribeMode = 'auto'): Rung[] {
  const named = namedRungs(settings)
  if (mode === 'off') return []
  if (mode === 'local') return hasServerHere(settings) ? ['local', 'openai-compatible'] : ['local']
  if (mode === 'cloud') {
    const services = (named ?? rungNames).filter((rung) => rung !== 'local')
    // Whoever asks for a service still gets the local model when no service can hear.
    return [...(services.length > 0 ? services : serviceNames), 'local']
  }
  return named ?? ['local', 'openai-compatible']
}

function hasServerHere({ OPENAI_COMPATIBLE_TRANSCRIPTION_URL: url }: Settings): boolean {
  return url !== undefined && isOnThisMachine(url)
}

/** Null when the setting is empty. */
function namedRungs({ TRANSCRIBERS }: Settings): Rung[] | null {
  if (TRANSCRIBERS === undefined) return null
  const names = TRANSCRIBERS.split(/[\s,]+/)
    .map((name) => name.toLowerCase())
    .filter((name) => name !== '')
  if (names.includes('off')) return []
  return [...new Set(names)].map((name) => {
    const rung = rungNames.find((one) => one === name)
    if (rung === undefined)
      throw new SettingsInvalid([`TRANSCRIBERS: "${name}" is none of ${rungNames.join(', ')} and off`])
    return rung
  })
}

/**
 * The models of one service that can be asked, the first to be asked first; none without a key.
 * @throws SettingsInvalid for half a server of one's own
 */
export function setupsOfService(service: ServiceName, settings: Settings): ServiceSetup[] {
  switch (service) {
    case 'openai':
      return cloud(service, settings.OPENAI_API_KEY, settings.OPENAI_TRANSCRIPTION_MODEL)
    case 'mistral':
      return cloud(service, settings.MISTRAL_API_KEY, settings.MISTRAL_TRANSCRIPTION_MODEL)
    case 'xai':
      return cloud(service, settings.XAI_API_KEY, settings.XAI_TRANSCRIPTION_MODEL)
    case 'openai-compatible':
      return ownServer(settings)
  }
}

export function serviceLimitsOf(settings: Settings): ServiceLimits {
  return {
    callsPerMinute: settings.TRANSCRIPTION_CALLS_PER_MINUTE,
    callsAtOnce: settings.TRANSCRIPTION_CALLS_AT_ONCE,
    usdPerRecording: settings.TRANSCRIPTION_USD_PER_RECORDING,
    usdPerDay: settings.TRANSCRIPTION_USD_PER_DAY,
    timeoutSeconds: settings.TRANSCRIPTION_TIMEOUT_SECONDS,
    patienceSeconds: settings.TRANSCRIPTION_PATIENCE_SECONDS,
  }
}

export const serviceLabels: Record<Exclude<ServiceName, 'openai-compatible'>, string> = {
  openai: 'OpenAI',
  mistral: 'Mistral',
  xai: 'xAI',
}

const addresses = {
  openai: 'https://api.openai.com/v1',
  mistral: 'https://api.mistral.ai/v1',
  xai: 'https://api.x.ai/v1',
}

function cloud(service: keyof typeof addresses, apiKey: string | undefined, models: string): ServiceSetup[] {
  if (apiKey === undefined) return []
  return splitModels(models).map((model) => {
    const { usdPerHour, times } = knownModel(service, model)
    return {
      service,
      provider: `${service}-speech`,
      label: serviceLabels[service],
      model,
      apiKey,
      baseUrl: addresses[service],
      usdPerHour,
      times,
      form: formFor(times),
    }
  })
}

function ownServer(settings: Settings): ServiceSetup[] {
  const { OPENAI_COMPATIBLE_TRANSCRIPTION_URL: baseUrl, OPENAI_COMPATIBLE_TRANSCRIPTION_MODEL: models } = settings
  if (baseUrl === undefined) return []
  if (models === undefined)
    throw new SettingsInvalid(['OPENAI_COMPATIBLE_TRANSCRIPTION_MODEL: OPENAI_COMPATIBLE_TRANSCRIPTION_URL needs it'])
  const { username, password, search } = new URL(baseUrl)
  // It stands in messages and in the database.
  if (username !== '' || password !== '' || search !== '')
    throw new SettingsInvalid([
      'OPENAI_COMPATIBLE_TRANSCRIPTION_URL: a key belongs into OPENAI_COMPATIBLE_TRANSCRIPTION_API_KEY, not into the address',
    ])
  return splitModels(models).map((model) => {
    const { times } = knownModel('openai-compatible', model)
    return {
      service: 'openai-compatible',
      provider: 'openai-compatible-speech',
      label: new URL(baseUrl).host,
      model,
      apiKey: settings.OPENAI_COMPATIBLE_TRANSCRIPTION_API_KEY ?? null,
      baseUrl: baseUrl.replace(/\/+$/, ''),
      usdPerHour: settings.OPENAI_COMPATIBLE_TRANSCRIPTION_USD_PER_HOUR,
      times,
      // Every server reads WAV, and on one's own machine nothing is saved by making it smaller.
      form: isOnThisMachine(baseUrl) ? { ...formFor(times), format: 'wav' } : formFor(times),
    }
  })
}

/** Whether what is sent there stays on this machine. */
export function isOnThisMachine(url: string): boolean {
  const { hostname } = new URL(url)
  return hostname === 'localhost' || hostname.endsWith('.localhost') || /^127(?:\.\d+){3}$|^\[::1\]$/.test(hostname)
}

function splitModels(models: string): string[] {
  return models.split(/[\s,]+/).filter((model) => model !== '')
}

/** OpenAI takes 25 MB, the least of all; some of it is the form around the file. */
const mostBytes = 24_000_000
/**
 * Five minutes: long enough for the model to know what is talked about, short enough that what a broken call loses is cents and half a minute.
 * In Opus they are one megabyte, in WAV ten. Groq bills at least ten seconds a call, which is nothing beside it.
 */
const usualWindow = 300
/**
 * Where a model tells no times, words are placed by their length inside the window: over twenty seconds they stay within a second or so of the
 * truth, over five minutes they would be anywhere.
 */
const windowWithoutTimes = 20

function formFor(times: WordTimes): WindowForm {
  return { format: 'ogg-opus', longest: times === 'none' ? windowWithoutTimes : usualWindow, mostBytes }
}
