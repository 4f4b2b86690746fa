import type { Kysely } from 'kysely'
import type { Tables } from '../../database/tables.ts'
import type { AskOptions, LanguageModel, ModelName, Question, Reply } from '../../pipeline/language-model.ts'
import { askOneModel } from './ask-one-model.ts'
import { callDesk } from './call-desk.ts'
import { type Clock, sharedClock } from './clock.ts'
import type { ModelLimits, ModelSetup } from './model-setup.ts'
import type { OpenWireModel } from './wire-model.ts'

interface GuardedParts {
  db: Kysely<Tables>
  /** In the order in which they are asked; at least one. */
  setups: readonly [ModelSetup, ...ModelSetup[]]
  limits: ModelLimits
  open: OpenWireModel
  clock?: Clock
}

/**
 * Language models behind everything that can go wrong with them: quotas, budgets, retries, a circuit breaker for each, a memory for answers,
 * and the next one when one can't. All of it is shared through the database by every process that uses it.
 */
export function guardedLanguageModel({ db, setups, limits, open, clock = sharedClock }: GuardedParts): LanguageModel {
  const parts = {
    db,
    desk: callDesk({ db, limits, clock }),
    limits,
    clock,
    open,
    secrets: setups.map(({ apiKey }) => apiKey),
  }
  return {
    choices: setups.map(nameOf),
    inputTokens: setups[0].inputTokens,
    async ask<T>(question: Question<T>, options: AskOptions): Promise<Reply<T>> {
      const deadline = new Date((await clock.now(db)).getTime() + limits.patienceSeconds * 1000)
      const reasons: { by: ModelName; reason: string }[] = []
      for (const setup of setups) {
        options.signal.throwIfAborted()
        const reply = await askOneModel(parts, { setup, question, deadline, options })
        if (reply.outcome === 'answered') return { ...reply, by: nameOf(setup) }
        reasons.push({ by: nameOf(setup), reason: reply.reason })
      }
      return { outcome: 'unavailable', message: sayUnavailable(reasons), reasons }
    },
  }
}

function nameOf({ provider, model, label }: ModelSetup): ModelName {
  return { provider, model, label }
}

function sayUnavailable(reasons: readonly { by: ModelName; reason: string }[]): string {
  return `${reasons.map(({ by, reason }) => `${by.label} ${reason.replace(/\.$/, '')}`).join('; ')}.`
}
