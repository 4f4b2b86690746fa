import type { Kysely } from 'kysely'
import type { Settings } from '../../config/settings.ts'
import type { Tables } from '../../database/tables.ts'
import type { LanguageModel } from '../../pipeline/language-model.ts'
import { guardedLanguageModel } from './guarded-language-model.ts'
import { limitsOf, setupsOf } from './setups-of.ts'
import type { OpenWireModel } from './wire-model.ts'

/**
 * The language models of the settings, or null when none is set up. Nothing of them is loaded before the first question.
 * @throws SettingsInvalid when they are set up wrongly
 */
export function findLanguageModel({ settings, db }: { settings: Settings; db: Kysely<Tables> }): LanguageModel | null {
  const [first, ...others] = setupsOf(settings)
  if (first === undefined) return null
  return guardedLanguageModel({ db, setups: [first, ...others], limits: limitsOf(settings), open: openWhenAsked })
}

const openWhenAsked: OpenWireModel = async (setup) => {
  const { openWireModel } = await import('./open-wire-model.ts')
  return openWireModel(setup)
}
