import { afterAll, beforeAll, expect, it } from 'vitest'
import { temporaryDatabase } from '../../test/support/temporary-database.ts'
import type { Database } from './connect.ts'
import { whileAlone } from './while-alone.ts'

let database: Database
beforeAll(async () => {
  database = await temporaryDatabase()
})
afterAll(() => database.close())

it('lets one in at a time, also after one has failed', async () => {
  let inside = 0
  const visit = (fails: boolean) =>
    whileAlone(database.kysely, {
      number: 99,
      work: async () => {
        inside += 1
        const together = inside
        await database.pool.query('select 1')
        inside -= 1
        if (fails) throw new Error('it went wrong')
        return together
      },
    })
  const visits = await Promise.allSettled([visit(false), visit(true), visit(false), visit(false)])
  expect(visits.map((each) => (each.status === 'fulfilled' ? each.value : each.reason.message))).toEqual([
    1,
    'it went wrong',
    1,
    1,
  ])
})
