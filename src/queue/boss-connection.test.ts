import { afterAll, beforeAll, expect, it } from 'vitest'
import { temporaryDatabase } from '../../test/support/temporary-database.ts'
import type { Database } from '../database/connect.ts'
import { bossConnection } from './boss-connection.ts'

let database: Database
beforeAll(async () => {
  database = await temporaryDatabase({ poolSize: 1 })
})
afterAll(() => database.close())

it('leaves no broken transaction behind for who uses the connection next', async () => {
  const boss = bossConnection(database.kysely)
  await expect(boss.executeSql('begin; select 1 / 0; commit', [])).rejects.toThrow('division by zero')
  expect(await boss.executeSql('select 1 as one', [])).toMatchObject({ rows: [{ one: 1 }] })
})
