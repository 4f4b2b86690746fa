import { sql } from 'kysely'
import { fromKysely, PgBoss } from 'pg-boss'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { temporaryDatabase } from '../../test/support/temporary-database.ts'
import { createLogger } from '../observability/logger.ts'
import { connect, type Database } from './connect.ts'

let database: Database
beforeAll(async () => {
  database = await temporaryDatabase({ migrated: false, poolSize: 3 })
})
afterAll(() => database.close())

async function selected(expression: string): Promise<unknown> {
  const { rows } = await database.pool.query<{ value: unknown }>(`select ${expression} as value`)
  return rows[0]?.value
}

test.each([
  ['123::bigint', 123],
  ['9007199254740991::bigint', Number.MAX_SAFE_INTEGER],
  ['9007199254740993::bigint', 9007199254740993n],
  ['(-9223372036854775808)::bigint', -9223372036854775808n],
  ['null::bigint', null],
  ['array[1, null, 9007199254740993]::bigint[]', [1, null, 9007199254740993n]],
  ["timestamptz '2026-11-22 05:00:24.347+02'", new Date('2026-11-22T03:00:24.347Z')],
  ['0.1::float8', 0.1],
  [`'{"a": [1]}'::jsonb`, { a: [1] }],
])('%s', async (expression, value) => {
  expect(await selected(expression)).toEqual(value)
})

test('a job sent inside a transaction is there when it is committed, and only then', async () => {
  const boss = new PgBoss({ db: fromKysely(database.kysely), schema: 'boss', supervise: false, schedule: false })
  await boss.start()
  await boss.createQueue('cut')
  const waiting = async () => (await boss.findJobs('cut')).length

  const rolledBack = database.kysely.transaction().execute(async (tx) => {
    await boss.send('cut', { stepId: 1 }, { db: fromKysely(tx) })
    throw new Error('roll back')
  })
  await expect(rolledBack).rejects.toThrow('roll back')
  expect(await waiting()).toBe(0)

  await database.kysely.transaction().execute((tx) => boss.send('cut', { stepId: 2 }, { db: fromKysely(tx) }))
  expect(await waiting()).toBe(1)
  await boss.stop({ graceful: false })
})

test('a connection that is cut in the middle of a transaction ends nothing but that', async () => {
  const own = connect({ connection: database.connection, poolSize: 1, logger: createLogger('silent') })
  const { promise: noticed, resolve } = Promise.withResolvers<void>()
  own.pool.on('connect', (client) => client.once('end', () => resolve()))
  const cut = own.kysely.transaction().execute(async (tx) => {
    const { rows } = await sql<{ pid: number }>`select pg_backend_pid() as pid`.execute(tx)
    await database.pool.query('select pg_terminate_backend($1)', [rows[0]?.pid])
    await noticed
    await sql`select 1`.execute(tx)
  })
  await expect(cut).rejects.toThrow(/connection error/i)
  expect((await sql<{ one: number }>`select 1 as one`.execute(own.kysely)).rows).toEqual([{ one: 1 }])
  await own.close()
})

test('a connection that is cut while it is idle is replaced, and ends nothing', async () => {
  const lost = vi.fn()
  const logger = createLogger('warn', { write: lost })
  const own = connect({ connection: database.connection, poolSize: 1, logger })
  const { rows } = await sql<{ pid: number }>`select pg_backend_pid() as pid`.execute(own.kysely)
  await database.pool.query('select pg_terminate_backend($1)', [rows[0]?.pid])
  await expect.poll(() => lost.mock.calls).not.toEqual([])
  expect((await sql<{ one: number }>`select 1 as one`.execute(own.kysely)).rows).toEqual([{ one: 1 }])
  await own.close()
})

test('closing twice, and closing what was never used, is fine', async () => {
  const own = connect({ connection: database.connection, poolSize: 1, logger: createLogger('silent') })
  await Promise.all([own.close(), own.close()])
  expect(own.pool.ended).toBe(true)
})
