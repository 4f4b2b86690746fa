import type { Kysely } from 'kysely'
import type { Tables } from '../../database/tables.ts'
import {
  getLibrarySettings,
  lockLibrarySettings,
  removeLibrarySetting,
  saveLibrarySetting,
} from '../../library/library-settings.store.ts'
import { BadRequest } from '../problem.ts'
import { choiceProblems, type RunDefaults, runDefaults } from '../runs/run-choices.ts'

export const defaultNames = Object.keys(runDefaults.shape) as (keyof RunDefaults)[]

/** What runs of this library are like where nobody asks otherwise. What an older version stored and this one can't use counts as not set. */
export async function getRunDefaults(db: Kysely<Tables>): Promise<RunDefaults> {
  return parseDefaults(await getLibrarySettings(db))
}

export function parseDefaults(stored: readonly { name: string; value: unknown }[]): RunDefaults {
  const usable = stored.filter(({ name, value }) => runDefaults.safeParse({ [name]: value }).success)
  return runDefaults.parse(Object.fromEntries(usable.map(({ name, value }) => [name, value])))
}

/** Null for as usual. */
export type ChangedDefaults = { [Name in keyof RunDefaults]?: RunDefaults[Name] | null }

/** Changes defaults, all of them or none. @throws BadRequest where they would not go together */
export async function changeRunDefaults(
  db: Kysely<Tables>,
  { changed, by }: { changed: ChangedDefaults; by: string },
): Promise<void> {
  await db.transaction().execute(async (tx) => {
    await lockLibrarySettings(tx)
    const given = Object.entries(changed).filter(([, value]) => value !== undefined)
    for (const [name, value] of given) {
      if (value === null) await removeLibrarySetting(tx, name)
      else await saveLibrarySetting(tx, { name, value, by })
    }
    const problems = choiceProblems(await getRunDefaults(tx))
    if (problems.length > 0) throw new BadRequest(problems.map(({ path, message }) => ({ path: `/${path}`, message })))
  })
}
