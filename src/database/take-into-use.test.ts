import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sql } from 'kysely'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { temporaryDatabase } from '../../test/support/temporary-database.ts'
import type { Database } from './connect.ts'
import { takeIntoUse } from './take-into-use.ts'

let database: Database
let folder: string
beforeEach(async () => {
  database = await temporaryDatabase({ migrated: false })
  folder = await mkdtemp(join(tmpdir(), 'clipwright-migrations-'))
  await addMigration('0001-first')
})
afterEach(async () => {
  await database.close()
  await rm(folder, { recursive: true, force: true })
})

async function addMigration(name: string): Promise<void> {
  const table = name.replace(/\W/g, '_')
  await writeFile(
    join(folder, `${name}.ts`),
    `import { sql } from '${import.meta.resolve('kysely')}'
export const up = (db) => sql\`create table t_${table} ()\`.execute(db)
export const down = (db) => sql\`drop table t_${table}\`.execute(db)
`,
  )
}

const tables = async () =>
  (
    await sql<{ name: string }>`select relname as name from pg_class where relname like 't\\_%' order by 1`.execute(
      database.kysely,
    )
  ).rows.map(({ name }) => name)

it('lets many come in at once, the tables being made once', async () => {
  const uses = await Promise.all(Array.from({ length: 5 }, () => takeIntoUse(database, { folder })))
  expect(await tables()).toEqual(['t_0001_first'])
  await Promise.all(uses.map((use) => use[Symbol.asyncDispose]()))
})

it('refuses to change tables that an older process works with, and does so once it is gone', async () => {
  const older = await takeIntoUse(database, { folder })
  await addMigration('0002-second')
  await expect(takeIntoUse(database, { folder, patienceMs: 0 })).rejects.toMatchObject({ code: 'DATABASE_IN_USE' })
  expect(await tables()).toEqual(['t_0001_first'])
  await older[Symbol.asyncDispose]()
  await using _use = await takeIntoUse(database, { folder })
  expect(await tables()).toEqual(['t_0001_first', 't_0002_second'])
})
