import { getMigrations } from 'better-auth/db/migration'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { Database } from '../../src/database/connect.ts'
import { migrateDown, migrateUp } from '../../src/database/migrate.ts'
import { authOptions } from '../../src/http/accounts/create-auth.ts'
import { createLogger } from '../../src/observability/logger.ts'
import { temporaryDatabase } from '../support/temporary-database.ts'

let database: Database
beforeAll(async () => {
  database = await temporaryDatabase()
})
afterAll(() => database.close())

const wanted = (warnings: string[] = []) =>
  getMigrations({
    ...authOptions({ db: database.kysely, secret: 'x'.repeat(40), secure: false, logger: createLogger('silent') }),
    logger: { level: 'warn' as const, log: (level, message) => warnings.push(`${level}: ${message}`) },
  })

it('has every table and column that this version of better-auth wants, with types it takes', async () => {
  const warnings: string[] = []
  const { toBeCreated, toBeAdded, schemaProblems } = await wanted(warnings)
  expect({ toBeCreated, toBeAdded, schemaProblems, warnings }).toEqual({
    toBeCreated: [],
    toBeAdded: [],
    schemaProblems: [],
    warnings: [],
  })
})

it('has the indexes that lookups need', async () => {
  const { rows } = await sql<{ tablename: string; indexdef: string }>`
    select tablename, indexdef from pg_indexes where tablename like 'account%'`.execute(database.kysely)
  const has = (table: string, columns: string) =>
    rows.some(({ tablename, indexdef }) => tablename === table && indexdef.includes(`(${columns}`))
  expect(has('accounts', 'email')).toBe(true)
  expect(has('account_sessions', 'token') && has('account_sessions', 'account_id')).toBe(true)
  expect(has('account_keys', 'key') && has('account_keys', 'account_id')).toBe(true)
  expect(has('account_passwords', 'account_id')).toBe(true)
})

it('would notice a column that went missing', async () => {
  await sql`alter table account_sessions drop column user_agent`.execute(database.kysely)
  const { toBeAdded } = await wanted()
  await sql`alter table account_sessions add column user_agent text`.execute(database.kysely)
  expect(toBeAdded.map(({ table, fields }) => [table, Object.keys(fields)])).toEqual([
    ['account_sessions', ['user_agent']],
  ])
})

it('goes down and up again', async () => {
  const names = await migrateDown(database.kysely, { steps: 'all' })
  expect(names).toContain('0013-accounts')
  expect(await migrateUp(database.kysely)).toContain('0013-accounts')
  expect((await wanted()).toBeCreated).toEqual([])
})
