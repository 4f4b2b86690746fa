import { type Kysely, sql } from 'kysely'
import type { Settings } from '../../../config/settings.ts'
import type { Tables } from '../../../database/tables.ts'
import { databaseTime, getRecentCalls, sumSpent } from '../../../library/model-calls.store.ts'
import { type Breaker, breakerOf } from '../../language-models/breaker.ts'
import { type ServiceName, serviceNames } from './service-setup.ts'
import { rungsOf, serviceLabels, serviceLimitsOf, setupsOfService } from './services-of.ts'

/** How a service that could listen is doing, without asking it anything. */
export interface ServiceState {
  service: ServiceName
  /** For people. */
  label: string
  /** That would be asked, the first to be asked first; none without a key. */
  models: string[]
  /** US dollars for an hour of sound, by the first of them; null without one. */
  usdPerHour: number | null
  /** Sound may be sent there without being asked for with every command. */
  isAgreed: boolean
  breaker: Breaker
  /** What went wrong with its last call, where that ended badly and lately. */
  lastProblem: string | null
}

export interface SpeechStates {
  services: ServiceState[]
  /** US dollars, by all of them together in 24 hours. */
  spentToday: number
  usdPerDay: number
}

// As long as the breaker remembers.
const recentMs = 600_000

/** @throws SettingsInvalid when they are set up wrongly */
export async function speechStates({
  settings,
  db,
}: {
  settings: Settings
  db: Kysely<Tables>
}): Promise<SpeechStates> {
  const rungs = rungsOf(settings)
  const usdPerDay = serviceLimitsOf(settings).usdPerDay
  const plain = serviceNames.map((service): ServiceState => {
    const setups = setupsOfService(service, settings)
    return {
      service,
      label: service === 'openai-compatible' ? (setups[0]?.label ?? 'a server of your own') : serviceLabels[service],
      models: setups.map(({ model }) => model),
      usdPerHour: setups[0]?.usdPerHour ?? null,
      isAgreed: rungs.includes(service),
      breaker: { state: 'closed' },
      lastProblem: null,
    }
  })
  if (!(await hasCalls(db))) return { services: plain, spentToday: 0, usdPerDay }
  const now = await databaseTime(db)
  const services: ServiceState[] = []
  for (const state of plain) {
    const since = new Date(now.getTime() - recentMs)
    const calls = await getRecentCalls(db, { provider: `${state.service}-speech`, since })
    const lastProblem = calls.find(({ endedAt }) => endedAt !== null)?.error?.message ?? null
    services.push({ ...state, breaker: breakerOf(calls, now), lastProblem })
  }
  const { usd } = await sumSpent(db, { kind: 'speech', since: new Date(now.getTime() - 86_400_000) })
  return { services, spentToday: usd, usdPerDay }
}

/** Not before the first command that works with the database has made the tables. */
async function hasCalls(db: Kysely<Tables>): Promise<boolean> {
  const { rows } = await sql<{ there: boolean }>`select to_regclass('model_calls') is not null as there`.execute(db)
  return rows[0]?.there === true
}
