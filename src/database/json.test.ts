import { sql } from 'kysely'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { temporaryDatabase } from '../../test/support/temporary-database.ts'
import type { Database } from './connect.ts'
import { json } from './json.ts'

let database: Database
beforeAll(async () => {
  database = await temporaryDatabase()
})
afterAll(() => database.close())

it.each<[string, unknown, unknown]>([
  ['arrays and nothing', [[1, 'a'], undefined], [[1, 'a'], null]],
  ['an emoji', 'well 👍', 'well 👍'],
  ['a text cut inside an emoji', ['well 👍'.slice(0, -1), '👍 well'.slice(1)], ['well ', ' well']],
  ['U+0000, also behind a backslash and in a key', { 'a\0b': 'c\0\0d\\\0' }, { ab: 'cd\\' }],
  ['what only looks like it', 'C:\\u0000 and \\ud83d\\', 'C:\\u0000 and \\ud83d\\'],
])('stores %s', async (_, value, stored) => {
  const { rows } = await sql`select ${json(value)} as stored`.execute(database.kysely)
  expect(rows).toEqual([{ stored }])
})
