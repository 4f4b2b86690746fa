import { randomUUID } from 'node:crypto'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { listRuns } from '../../../src/library/runs.store.ts'
import { appForTest, type TestApp } from '../../support/app-for-test.ts'
import { asOwner, letIn } from '../../support/sign-in.ts'

let test: TestApp
let path: string
beforeAll(async () => {
  test = await appForTest()
  path = join(test.clipwright.dataFolder, 'talk.mp4')
  await writeFile(path, 'a recording')
})
afterAll(() => test.close())

const post = (key: string | undefined, payload: Record<string, unknown> = { path }) =>
  test.app.inject({
    method: 'POST',
    url: '/api/v1/runs',
    payload,
    headers: key === undefined ? {} : { 'idempotency-key': key },
  })
const runs = async () => (await listRuns(test.clipwright.database.kysely, { limit: 100 })).length

it('begins one run for a key, and gives the same answer again', async () => {
  const [key, before] = [randomUUID(), await runs()]
  const first = await post(key)
  const second = await post(key)
  expect(first.statusCode).toBe(202)
  expect([second.statusCode, second.body, second.headers.location, second.headers['content-type']]).toEqual([
    202,
    first.body,
    first.headers.location,
    first.headers['content-type'],
  ])
  expect([first.headers['idempotent-replayed'], second.headers['idempotent-replayed']]).toEqual([undefined, 'true'])
  expect(await runs()).toBe(before + 1)
})

it('begins a run each time without a key, and for each key', async () => {
  const before = await runs()
  for (const key of [undefined, undefined, randomUUID(), randomUUID()]) expect((await post(key)).statusCode).toBe(202)
  expect(await runs()).toBe(before + 4)
})

it('refuses a key that was used with another body', async () => {
  const key = randomUUID()
  await post(key)
  expect((await post(key, { path, count: 2 })).json()).toMatchObject({ status: 422, code: 'KEY_USED_OTHERWISE' })
})

it('begins one run for twenty who ask at once', async () => {
  const [key, before] = [randomUUID(), await runs()]
  const answers = await Promise.all(Array.from({ length: 20 }, () => post(key)))
  const begun = answers.filter(({ statusCode }) => statusCode === 202)
  expect(new Set(begun.map(({ body }) => body)).size).toBe(1)
  for (const other of answers.filter((answer) => !begun.includes(answer))) {
    expect(other.json()).toMatchObject({ status: 409, code: 'KEY_UNDER_WAY', retry: 'later' })
  }
  expect(await runs()).toBe(before + 1)
})

it('lets a request that failed be sent again', async () => {
  const key = randomUUID()
  const late = join(test.clipwright.dataFolder, `${key}.mp4`)
  expect((await post(key, { path: late })).json()).toMatchObject({ code: 'MEDIA_NOT_FOUND' })
  await writeFile(late, 'here now')
  expect((await post(key, { path: late })).statusCode).toBe(202)
})

it('forgets a key after a day, and one whose server died before', async () => {
  const [answered, died] = [randomUUID(), randomUUID()]
  const first = await post(answered)
  await post(died)
  const db = test.clipwright.database.kysely
  await sql`update request_keys set created_at = now() - interval '25 hours' where key = ${answered}`.execute(db)
  await sql`update request_keys set created_at = now() - interval '3 minutes', answer = null where key = ${died}`.execute(
    db,
  )
  const again = await post(answered)
  expect(again.statusCode).toBe(202)
  expect(again.body).not.toBe(first.body)
  expect((await post(died)).statusCode).toBe(202)
})

it.each(['', 'two words', 'x'.repeat(201), 'ключ'])('refuses the key "%s"', async (key) => {
  expect((await post(Buffer.from(key).toString('latin1'))).json()).toMatchObject({ status: 400, code: 'BAD_REQUEST' })
})

it('keeps the keys of accounts apart', async () => {
  const ana = await asOwner(test.app)
  const ben = await letIn(test.app, { owner: ana, role: 'editor' })
  const asked = {
    method: 'POST' as const,
    url: '/api/v1/runs',
    payload: { path },
    headers: { 'idempotency-key': 'mine' },
  }
  const [first, other, again] = [await ana.ask(asked), await ben.ask(asked), await ana.ask(asked)]
  expect([first.statusCode, other.statusCode]).toEqual([202, 202])
  expect(other.headers['idempotent-replayed']).toBeUndefined()
  expect(other.json()).not.toEqual(first.json())
  expect(again.json()).toEqual(first.json())
})
