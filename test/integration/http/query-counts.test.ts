import { Writable } from 'node:stream'
import Fastify, { type FastifyBaseLogger } from 'fastify'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { captureQueries } from '../../../benchmarks/support/capture-queries.ts'
import { loadSettings } from '../../../src/config/load-settings.ts'
import { connect, type Database } from '../../../src/database/connect.ts'
import { queryCounts } from '../../../src/database/count-queries.ts'
import type { App } from '../../../src/http/app.ts'
import { buildApp } from '../../../src/http/build-app.ts'
import { timeRequests } from '../../../src/http/plugins/timing.ts'
import { saveEvent } from '../../../src/library/events.store.ts'
import { createLogger } from '../../../src/observability/logger.ts'
import { composeForTest, someRunSettings, type TestClipwright } from '../../support/compose-for-test.ts'
import { storedSamples } from '../../support/stored-samples.ts'

interface Line {
  level: number
  msg: string
  route?: string
  sql?: string
  plan?: string[]
  queries?: number
}

const lines: Line[] = []
const logger = createLogger(
  'debug',
  new Writable({
    write(chunk, _, done) {
      lines.push(JSON.parse(String(chunk)) as Line)
      done()
    },
  }),
)
const linesOf = (msg: string) => lines.filter((line) => line.msg === msg)
/** On a busy machine any other may be slow, too. */
const slowNaps = () => linesOf('a query was slow').filter(({ sql }) => sql?.includes('pg_sleep'))

let clipwright: TestClipwright
let watched: Database
beforeAll(async () => {
  clipwright = await composeForTest()
  watched = connect({ connection: clipwright.database.connection, poolSize: 2, logger })
})
afterAll(async () => {
  await watched.close()
  await clipwright.close()
})

describe('a list page', () => {
  let app: App
  beforeAll(async () => {
    app = await buildApp({ settings: loadSettings({}), pipeline: clipwright, logger, version: '0.0.0' })
    const { newRecording } = storedSamples(clipwright.database)
    for (let i = 0; i < 50; i += 1) {
      await newRecording()
      await saveEvent(clipwright.database.kysely, {
        severity: 'info',
        component: 'test',
        name: 'happened',
        message: 'It happened.',
      })
      await clipwright.beginRun(someRunSettings())
    }
  })
  afterAll(() => app.close())

  async function ask(url: string): Promise<{ items: number; queries: number | undefined }> {
    const response = await app.inject({ url })
    return { items: response.json<{ items: unknown[] }>().items.length, queries: linesOf('request').at(-1)?.queries }
  }

  it.each(['/api/v1/recordings', '/api/v1/runs', '/api/v1/events'])(
    '%s asks no more for 50 than for 5',
    async (url) => {
      const [few, many] = [await ask(`${url}?limit=5`), await ask(`${url}?limit=50`)]
      expect([few.items, many.items]).toEqual([5, 50])
      expect(few.queries).toBeGreaterThan(0)
      expect(many.queries).toBeLessThanOrEqual(few.queries ?? 0)
    },
  )
})

const warn = 40

it('logs a slow query with its statement and plan, not with what was filled in', async () => {
  lines.length = 0
  await sql`select pg_sleep(0.15) from (values ('bread')) as said (word) where word <> ${'a secret'}::text`.execute(
    watched.kysely,
  )
  await expect.poll(slowNaps).toMatchObject([
    {
      level: warn,
      msg: 'a query was slow',
      sql: "select pg_sleep(0.15) from (values ('bread')) as said (word) where word <> $1::text",
      plan: expect.arrayContaining([expect.stringContaining('cost=')]),
    },
  ])
  expect(JSON.stringify(lines)).not.toContain('a secret')
})

it('asks for the plan of a slow query on nobody’s account', async () => {
  const captured = captureQueries()
  const counted = { count: 0 }
  await queryCounts.run(counted, () => sql`select pg_sleep(0.15) as counted`.execute(watched.kysely))
  await expect.poll(() => slowNaps().map((line) => line.sql)).toContain('select pg_sleep(0.15) as counted')
  expect(captured.take().map(({ text }) => text)).toEqual(['select pg_sleep(0.15) as counted'])
  expect(counted.count).toBe(1)
})

it('logs a slow statement that writes without a plan, and no wait for a lock of ours', async () => {
  lines.length = 0
  await sql`create table slow (at timestamptz)`.execute(watched.kysely)
  await sql`insert into slow select now() from pg_sleep(0.15)`.execute(watched.kysely)
  await sql`select pg_advisory_lock(7), pg_sleep(0.15)`.execute(watched.kysely)
  await expect
    .poll(() => slowNaps().map((line) => [line.level, line.sql, line.plan]))
    .toEqual([[warn, 'insert into slow select now() from pg_sleep(0.15)', undefined]])
})

it('logs a slow request with how many queries it took, also when it has a body', async () => {
  const app = Fastify({ loggerInstance: logger as FastifyBaseLogger })
  timeRequests(app as unknown as App)
  app.post('/slow', async () => {
    await sql`select 1`.execute(watched.kysely)
    await sql`select pg_sleep(1.1)`.execute(watched.kysely)
    return {}
  })
  const address = await app.listen({ host: '127.0.0.1', port: 0 })
  await fetch(`${address}/slow`, {
    method: 'POST',
    body: '{"a":1}',
    headers: { 'content-type': 'application/json' },
  })
  await app.close()
  expect(linesOf('a request was slow').filter(({ route }) => route === '/slow')).toMatchObject([
    { method: 'POST', status: 200, queries: 2 },
  ])
})
