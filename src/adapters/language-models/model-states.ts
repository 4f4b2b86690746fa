import { type Kysely, sql } from 'kysely'
import type { Settings } from '../../config/settings.ts'
import type { Tables } from '../../database/tables.ts'
import { databaseTime, getRecentCalls, type Spent, sumSpent } from '../../library/model-calls.store.ts'
import type { ModelName } from '../../pipeline/language-model.ts'
import { type Breaker, breakerOf } from './breaker.ts'
import type { ModelLimits } from './model-setup.ts'
import { limitsOf, setupsOf } from './setups-of.ts'

/** How a language model that is set up is doing, without asking it anything. */
export interface ModelState extends ModelName {
  breaker: Breaker
  /** What went wrong with its last call, where that ended badly and lately. */
  lastProblem: string | null
}

export interface ModelStates {
  models: ModelState[]
  /** By all of them together in 24 hours. */
  spentToday: Spent
  limits: Pick<ModelLimits, 'usdPerDay' | 'tokensPerDay'>
}

// As long as the breaker remembers.
const recentMs = 600_000

/** @throws SettingsInvalid when the models are set up wrongly */
export async function modelStates({ settings, db }: { settings: Settings; db: Kysely<Tables> }): Promise<ModelStates> {
  const [setups, limits] = [setupsOf(settings), limitsOf(settings)]
  if (setups.length === 0 || !(await hasCalls(db))) {
    const models = setups.map(({ provider, model, label }) => ({
      provider,
      model,
      label,
      breaker: closed,
      lastProblem: null,
    }))
    return { models, spentToday: { tokens: 0, usd: 0 }, limits }
  }
  const now = await databaseTime(db)
  const models: ModelState[] = []
  for (const { provider, model, label } of setups) {
    const calls = await getRecentCalls(db, { provider, since: new Date(now.getTime() - recentMs) })
    const lastProblem = calls.find(({ endedAt }) => endedAt !== null)?.error?.message ?? null
    models.push({ provider, model, label, breaker: breakerOf(calls, now), lastProblem })
  }
  return {
    models,
    spentToday: await sumSpent(db, { kind: 'words', since: new Date(now.getTime() - 86_400_000) }),
    limits,
  }
}

const closed: Breaker = { state: 'closed' }

/** Not before the first command that works with the database has made the tables. */
async function hasCalls(db: Kysely<Tables>): Promise<boolean> {
  const { rows } = await sql<{ there: boolean }>`select to_regclass('model_calls') is not null as there`.execute(db)
  return rows[0]?.there === true
}
