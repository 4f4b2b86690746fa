import type { Kysely } from 'kysely'
import { dataFolder } from '../config/data-folder.ts'
import { loadSettings } from '../config/load-settings.ts'
import { openDatabase } from '../database/pool.ts'
import type { Tables } from '../database/tables.ts'
import { takeIntoUse } from '../database/take-into-use.ts'
import { asNoSpace } from '../domain/no-space.ts'
import type { StoreOptions } from './learn/feedback-options.ts'
import { exitCodeOf, exitCodes } from './terminal/exit-codes.ts'
import { printError } from './terminal/print-error.ts'
import { terminalLogger } from './terminal/terminal-logger.ts'

/** What a command says: a document for programs, lines for people. */
export interface Said {
  json: unknown
  lines: string[]
}

/** Runs a command on what is stored, without workers or tools, and prints what it says. Returns the exit status. */
export async function withLibrary(
  { data, json }: StoreOptions,
  work: (db: Kysely<Tables>) => Promise<Said>,
): Promise<number> {
  try {
    const said = await inLibrary(data, work)
    process.stdout.write(json ? `${JSON.stringify(said.json, null, 2)}\n` : `${said.lines.join('\n')}\n`)
    return exitCodes.ok
  } catch (thrown) {
    const error = asNoSpace(thrown)
    printError(error, { json })
    return exitCodeOf(error)
  }
}

async function inLibrary(data: string | undefined, work: (db: Kysely<Tables>) => Promise<Said>): Promise<Said> {
  const settings = loadSettings()
  const logger = terminalLogger(settings)
  const database = await openDatabase({ settings, dataFolder: dataFolder({ flag: data, settings }), logger })
  try {
    await using _use = await takeIntoUse(database)
    return await work(database.kysely)
  } finally {
    await database.close()
  }
}
