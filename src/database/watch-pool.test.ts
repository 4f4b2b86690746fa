import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { temporaryDatabase } from '../../test/support/temporary-database.ts'
import type { Database } from './connect.ts'
import { type HeldConnections, heldConnections } from './watch-pool.ts'

let database: Database
beforeAll(async () => {
  database = await temporaryDatabase({ migrated: false, poolSize: 2 })
})
afterAll(() => database.close())

const nap = () => sql`select pg_sleep(0.05)`.execute(database.kysely)

async function heldBy(work: () => Promise<unknown>): Promise<HeldConnections> {
  const held = { now: 0, most: 0 }
  await heldConnections.run(held, work)
  return held
}

test('counts what one piece of work holds at the same time, and that it lets go', async () => {
  const [one, two] = await Promise.all([heldBy(nap), heldBy(nap)])
  expect([one, two]).toEqual([
    { now: 0, most: 1 },
    { now: 0, most: 1 },
  ])
  expect(await heldBy(() => Promise.all([nap(), nap()]))).toEqual({ now: 0, most: 2 })
  const broken = heldBy(() => sql`select 1 / 0`.execute(database.kysely))
  await expect(broken).rejects.toThrow('division by zero')
})

test('times the wait for a free connection', async () => {
  await Promise.all([nap(), nap(), nap()])
  expect(database.use.longestWait()).toBeGreaterThan(25)
  expect(await database.use.registry.metrics()).toMatch(/clipwright_database_pool_wait_seconds_count [1-9]/)
})
