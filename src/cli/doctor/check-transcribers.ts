import type { SpeechStates } from '../../compose.ts'
import type { DoctorCheck } from './doctor-report.ts'

/** The setting that a service lacks. */
const keys = {
  openai: 'OPENAI_API_KEY',
  mistral: 'MISTRAL_API_KEY',
  xai: 'XAI_API_KEY',
  'openai-compatible': 'OPENAI_COMPATIBLE_TRANSCRIPTION_URL',
}

/** Who can listen to a recording without a transcript, and what the others lack. None is fine: transcripts that exist need nobody. */
export function checkTranscribers({ services, spentToday, usdPerDay }: SpeechStates): DoctorCheck[] {
  const checks = services.filter(({ models }) => models.length > 0).map(checkService)
  const missing = services.filter(({ models }) => models.length === 0)
  if (missing.length > 0) {
    const found = `no key: ${missing.map(({ label, service }) => `${label} (${keys[service]})`).join(', ')}`
    checks.push({ name: 'transcriber', status: 'ok', found, mend: null })
  }
  if (spentToday === 0) return checks
  const isSpent = spentToday >= usdPerDay
  const found = `$${spentToday.toFixed(2)} of $${usdPerDay} spent on listening in 24 hours`
  const mend = isSpent ? 'No service listens until then; TRANSCRIPTION_USD_PER_DAY raises it.' : null
  return [...checks, { name: 'transcriber', status: isSpent ? 'warn' : 'ok', found, mend }]
}

function checkService({
  label,
  models,
  usdPerHour,
  isAgreed,
  breaker,
  lastProblem,
}: SpeechStates['services'][number]): DoctorCheck {
  const price = usdPerHour === null || usdPerHour === 0 ? '' : `, about $${usdPerHour.toFixed(2)} an hour`
  const when = isAgreed ? 'ready' : 'ready, asked only with --transcribe cloud'
  const who = `${label} (${models.join(', then ')}): ${when}${price}`
  if (breaker.state === 'closed' && lastProblem === null)
    return { name: 'transcriber', status: 'ok', found: who, mend: null }
  const rest = breaker.state === 'open' ? `, left alone until ${breaker.until.toISOString().slice(11, 19)} UTC` : ''
  return {
    name: 'transcriber',
    status: 'warn',
    found: `${who}${rest}.${lastProblem === null ? '' : ` Last: ${lastProblem}`}`,
    mend: 'Whoever comes after it in TRANSCRIBERS listens whenever it does not.',
  }
}
