import { afterAll, beforeAll, expect, test } from 'vitest'
import { temporaryDatabase } from '../../test/support/temporary-database.ts'
import type { Database } from './connect.ts'
import { onlyReads, QueryExplainer, withoutTexts } from './explain-query.ts'

let database: Database
beforeAll(async () => {
  database = await temporaryDatabase()
})
afterAll(() => database.close())

test.each([
  ['select 1', true],
  ['  SELECT updated_at from steps', true],
  ['with a as (select 1) select * from a', true],
  ['with gone as (delete from steps returning id) select * from gone', false],
  ['select * into other from steps', false],
  ['select * from steps for update', false],
  ['/* prepared */ select 1', true],
  ['/* prepared */ delete from steps', false],
  ['update steps set kind = $1', false],
  ['select 1; delete from steps', false],
  ['explain select 1', false],
  ['commit', false],
])('%s: only reads: %s', (statement, reads) => {
  expect(onlyReads(statement)).toBe(reads)
})

test.each([
  ["Filter: (title ~~* '%my secret%'::text)", "Filter: (title ~~* '…'::text)"],
  ["Filter: (title = 'it''s secret'::text)", "Filter: (title = '…'::text)"],
  ["Filter: (path = E'C:\\\\secret'::text)", "Filter: (path = '…'::text)"],
  ["Filter: (status = ANY ('{queued,secret}'::text[]))", "Filter: (status = ANY ('…'::text[]))"],
  ["Index Cond: (kind = 'cut'::text)", "Index Cond: (kind = 'cut'::text)"],
  [
    "Index Cond: (id = 'cdfa2a29-bd44-4b4c-8e2f-8d7c2aa0f1f5'::uuid)",
    "Index Cond: (id = 'cdfa2a29-bd44-4b4c-8e2f-8d7c2aa0f1f5'::uuid)",
  ],
  [
    "Filter: (at > '2026-11-22 05:00:24.347+00'::timestamptz)",
    "Filter: (at > '2026-11-22 05:00:24.347+00'::timestamptz)",
  ],
  ["Filter: (n > '-1.5'::numeric)", "Filter: (n > '-1.5'::numeric)"],
])('%s', (line, shown) => {
  expect(withoutTexts(line, "select 1 where kind = 'cut'")).toBe(shown)
})

test('the plan of a query with its parameters, without their texts', async () => {
  const explainer = new QueryExplainer(database.connection)
  const plan = await explainer.planOf({
    sql: 'select id from recordings where content_hash = $1 and deleted_at is null and title like $2',
    parameters: ['f'.repeat(64), 'secret%'],
  })
  expect(plan?.join('\n')).toMatch(/recordings/)
  expect(plan?.join('\n')).not.toMatch(/secret|fff/)
})

test('one at a time; nothing for what writes or fails; the next is asked again', async () => {
  const explainer = new QueryExplainer(database.connection)
  const query = { sql: 'select 1', parameters: [] }
  const both = await Promise.all([explainer.planOf(query), explainer.planOf(query)])
  expect(both.map((plan) => plan !== null)).toEqual([true, false])
  expect(await explainer.planOf({ sql: 'delete from recordings', parameters: [] })).toBeNull()
  expect(await explainer.planOf({ sql: 'select * from nowhere', parameters: [] })).toBeNull()
  expect(await explainer.planOf(query)).not.toBeNull()
})

test('nothing is carried out', async () => {
  await database.pool.query('create sequence counted')
  const explainer = new QueryExplainer(database.connection)
  expect(await explainer.planOf({ sql: "select nextval('counted')", parameters: [] })).not.toBeNull()
  const { rows } = await database.pool.query<{ value: number }>("select nextval('counted') as value")
  expect(rows).toEqual([{ value: 1 }])
})

test('a server that is away: no plan, no rejection', async () => {
  const explainer = new QueryExplainer({ host: '127.0.0.1', port: 1 })
  expect(await explainer.planOf({ sql: 'select 1', parameters: [] })).toBeNull()
})
