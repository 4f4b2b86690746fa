import type { Settings } from '../../../config/settings.ts'
import type { TranscribeMode } from '../../../domain/transcript.ts'
import { aboutUsd } from './format-usd.ts'
import type { ServiceSetup } from './service-setup.ts'
import { rungsOf, setupsOfService } from './services-of.ts'

interface Situation {
  settings: Settings
  mode: TranscribeMode
  /** Of the recording, in seconds. */
  duration: number
}

/**
 * How a person could have a service listen, as an imperative without a full stop. It says what is missing (a key, or only the agreement), what would
 * be sent where, and about what it costs.
 */
export function sayWaysOut({ settings, mode, duration }: Situation): string {
  const first = rungsOf(settings, 'cloud')
    .flatMap((rung) => (rung === 'local' ? [] : setupsOfService(rung, settings)))
    .at(0)
  if (first === undefined)
    return 'set OPENAI_API_KEY, MISTRAL_API_KEY or XAI_API_KEY and add --transcribe cloud to have a service listen to it (its sound is sent there)'
  const cost = costOf(first, duration)
  const whose = `${first.label} listen to it (its sound is sent there${cost === null ? '' : `, ${cost}`})`
  return mode === 'off' || mode === 'local'
    ? `say --transcribe cloud instead of --transcribe ${mode} to have ${whose}`
    : `add --transcribe cloud to have ${whose}`
}

function costOf({ usdPerHour }: ServiceSetup, duration: number): string | null {
  const usd = (usdPerHour * duration) / 3600
  return usd > 0 ? aboutUsd(usd) : null
}
