import type { Settings } from '../../../config/settings.ts'
import type { TranscribeMode } from '../../../domain/transcript.ts'
import { aboutUsd } from './format-usd.ts'
import { type ServiceName, type ServiceSetup, serviceNames } from './service-setup.ts'
import { rungsOf, setupsOfService } from './services-of.ts'

interface Situation {
  settings: Settings
  mode: TranscribeMode
  /** Of the recording, in seconds. */
  duration: number
}

const keys: Record<ServiceName, string> = {
  openai: 'OPENAI_API_KEY',
  mistral: 'MISTRAL_API_KEY',
  xai: 'XAI_API_KEY',
  'openai-compatible': 'OPENAI_COMPATIBLE_TRANSCRIPTION_URL',
}

/**
 * How a person could have a service listen, as an imperative without a full stop. It says what is missing (a key, or only the agreement), what would
 * be sent where, and about what it costs.
 */
export function sayWaysOut({ settings, mode, duration }: Situation): string {
  const services = rungsOf(settings, 'cloud').filter((rung) => rung !== 'local')
  const [ready] = services.flatMap((service) => setupsOfService(service, settings))
  const allowed = rungsOf(settings, mode)
  const agree =
    mode === 'off' || mode === 'local'
      ? `say --transcribe cloud instead of --transcribe ${mode}`
      : 'add --transcribe cloud'
  if (ready === undefined) {
    const named = services.filter((service) => allowed.includes(service) && service !== 'openai-compatible')
    const wanted = (named.length > 0 ? named : serviceNames.slice(0, 3)).map((service) => keys[service])
    const missing = `set ${wanted.join(' or ')}`
    const how = named.length > 0 ? missing : `${missing} and ${agree}`
    const ever = named.length > 0 ? '' : sayForAll('openai')
    return `${how} to have a service listen to it (its sound is sent there)${ever}`
  }
  const cost = costOf(ready, duration)
  const sent = `its sound is sent there${cost === null ? '' : `, ${cost}`}`
  return `${agree} to have ${ready.label} listen to it (${sent})${sayForAll(ready.service)}`
}

/** A server's recordings have no command of their own. */
function sayForAll(service: ServiceName): string {
  return `; TRANSCRIBERS=local,${service} in the settings allows it for every recording`
}

function costOf({ usdPerHour }: ServiceSetup, duration: number): string | null {
  const usd = (usdPerHour * duration) / 3600
  return usd > 0 ? aboutUsd(usd) : null
}
