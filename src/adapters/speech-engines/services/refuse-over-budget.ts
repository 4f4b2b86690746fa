import type { Kysely } from 'kysely'
import type { Tables } from '../../../database/tables.ts'
import { sumSpent } from '../../../library/model-calls.store.ts'
import type { Clock } from '../../language-models/clock.ts'
import { aboutUsd, formatUsd } from './format-usd.ts'
import { SpeechBudgetSpent } from './service-errors.ts'
import type { ServiceLimits, ServiceSetup } from './service-setup.ts'

interface Budget {
  db: Kysely<Tables>
  clock: Clock
  limits: ServiceLimits
  recordingId: string | null
  recordingSeconds?: number | null
}

/**
 * Refuses a recording that would cost more than is allowed, before any of it is paid for: half a transcript is none. What was spent on it already is
 * taken for parts of it.
 * @throws SpeechBudgetSpent
 */
export async function refuseOverBudget(
  { label, usdPerHour }: ServiceSetup,
  { db, clock, limits, recordingId, recordingSeconds }: Budget,
): Promise<void> {
  const whole = (usdPerHour * (recordingSeconds ?? 0)) / 3600
  if (whole === 0) return
  const spent = recordingId === null ? 0 : (await sumSpent(db, { kind: 'speech', recordingId })).usd
  const missing = Math.max(0, whole - spent)
  if (missing > 0 && spent + missing > limits.usdPerRecording)
    throw new SpeechBudgetSpent(
      label,
      `was not asked: the recording would cost ${aboutUsd(whole)}, and the budget of a recording (TRANSCRIPTION_USD_PER_RECORDING) is ${formatUsd(limits.usdPerRecording)}`,
    )
  const since = new Date((await clock.now(db)).getTime() - 86_400_000)
  const today = (await sumSpent(db, { kind: 'speech', since })).usd
  if (missing > 0 && today + missing > limits.usdPerDay)
    throw new SpeechBudgetSpent(
      label,
      `was not asked: the recording would cost ${aboutUsd(missing)} more, and ${formatUsd(today)} of the budget of a day (TRANSCRIPTION_USD_PER_DAY, ${formatUsd(limits.usdPerDay)}) are spent`,
    )
}
