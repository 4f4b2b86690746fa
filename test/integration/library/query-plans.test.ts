import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type CapturedQuery, captureQueries } from '../../../benchmarks/support/capture-queries.ts'
import { seedLibrary } from '../../../benchmarks/support/seed-library.ts'
import { zipfSentences } from '../../../benchmarks/support/zipf-sentences.ts'
import { pauseKind } from '../../../src/library/paused-kinds.store.ts'
import { appForTest, type TestApp } from '../../support/app-for-test.ts'
import { someRunSettings } from '../../support/compose-for-test.ts'
import { readWhole } from '../../support/plan-of.ts'
import { vacuumWhole } from '../../support/vacuum-whole.ts'

const captured = captureQueries()
const { terms } = zipfSentences()
let test: TestApp
let ids: Record<'recording' | 'clip' | 'clipOnce' | 'run', string>
let at: string

beforeAll(async () => {
  test = await appForTest()
  const { kysely } = test.clipwright.database
  await seedLibrary(kysely, { recordings: 2000, segments: 50_000 })
  await pauseKind(kysely, 'ingest', 'test')
  for (let n = 0; n < 50; n += 1) await test.clipwright.beginRun(someRunSettings())
  await sql`
    insert into uploads (kind, part, status, title, file_name, metadata, settings)
    select 'recording', 'whole', 'receiving', 'talk', 'talk.mp4', '', '{}' from generate_series(1, 60)`.execute(kysely)
  await vacuumWhole(test.clipwright.database.pool)
  const one = async (query: ReturnType<typeof sql<{ id: string }>>) => (await query.execute(kysely)).rows[0]?.id ?? ''
  ids = {
    recording: await one(sql`select recording_id as id from transcripts order by segment_count desc limit 1`),
    clip: await one(sql`select clip_id as id from clip_versions where version = 2 limit 1`),
    clipOnce: await one(sql`select clip_id as id from clip_versions group by clip_id having count(*) = 1 limit 1`),
    run: await one(sql`select id from runs where status = 'failed' limit 1`),
  }
  const place =
    await sql<object>`select created_at::text as at, id from recordings order by created_at desc offset 1900 limit 1`.execute(
      kysely,
    )
  at = Buffer.from(JSON.stringify(place.rows[0])).toString('base64url')
})
afterAll(() => test.close())

async function ask(url: string): Promise<{ statements: CapturedQuery[]; items: number }> {
  captured.take()
  const response = await test.app.inject({ url })
  expect([url, response.statusCode, response.statusCode === 200 || response.payload]).toEqual([url, 200, true])
  const isJson = response.headers['content-type']?.startsWith('application/json') === true
  const items = isJson ? (response.json<{ items?: unknown[] }>().items?.length ?? 0) : 0
  return { statements: captured.take(), items }
}

describe('a page of a list', () => {
  const pages = (): Record<string, string> => ({
    '/api/v1/recordings': '/api/v1/recordings?',
    '/api/v1/recordings/{id}/transcript': `/api/v1/recordings/${ids.recording}/transcript?`,
    '/api/v1/runs': '/api/v1/runs?',
    '/api/v1/events': '/api/v1/events?',
    '/api/v1/search': `/api/v1/search?text=${terms.common}&`,
    '/api/v1/feedback': '/api/v1/feedback?',
    '/api/v1/admin/jobs': '/api/v1/admin/jobs?',
    '/api/v1/admin/dead-letters': '/api/v1/admin/dead-letters?',
    '/api/v1/uploads': '/api/v1/uploads?',
  })
  // Where one request in a library says nothing: a clip has few verdicts, and accounts shut out who has none.
  const without = ['/api/v1/accounts', '/api/v1/clips/{id}/feedback']

  it('is known here for every route that has pages', () => {
    const { paths = {} } = test.app.swagger() as {
      paths?: Record<string, { get?: { parameters?: { name: string }[] } }>
    }
    const paged = Object.entries(paths).filter(([, { get }]) => get?.parameters?.some(({ name }) => name === 'limit'))
    expect(paged.map(([path]) => path).toSorted()).toEqual([...Object.keys(pages()), ...without].toSorted())
  })

  it('takes as many queries for many entries as for one', async () => {
    for (const path of Object.values(pages())) {
      // What is kept in memory for a while is there by then.
      await ask(`${path}limit=1`)
      const [one, many] = [await ask(`${path}limit=1`), await ask(`${path}limit=50`)]
      expect([path, one.items, many.items >= 10]).toEqual([path, 1, true])
      expect([path, many.statements.length]).toEqual([path, one.statements.length])
    }
  })

  it('has as many queries for several versions of a clip as for one', async () => {
    for (const list of ['versions', 'edits']) {
      const [one, several] = [
        await ask(`/api/v1/clips/${ids.clipOnce}/${list}`),
        await ask(`/api/v1/clips/${ids.clip}/${list}`),
      ]
      expect([list, several.statements.length]).toEqual([list, one.statements.length])
    }
  })
})

describe('no table that grows is read whole', () => {
  // A search compares with all recordings of a window, which here are most of them; what is long is what they say.
  const long = ['segments', 'segment_words', 'moments', 'clips', 'clip_versions', 'renderings', 'steps', 'events']
  const growing = [...long, 'recordings', 'transcripts', 'analyses', 'detections', 'runs', 'feedback']
  const search = (words: string) => `/api/v1/search?text=${encodeURIComponent(words)}`

  it.each<[string, () => string]>([
    ['the newest recordings', () => '/api/v1/recordings'],
    ['recordings far down', () => `/api/v1/recordings?cursor=${at}`],
    ['a recording', () => `/api/v1/recordings/${ids.recording}`],
    ['its clips', () => `/api/v1/recordings/${ids.recording}/clips`],
    ['its moments', () => `/api/v1/recordings/${ids.recording}/moments`],
    ['its transcript', () => `/api/v1/recordings/${ids.recording}/transcript?words=true`],
    ['its transcript as a file', () => `/api/v1/recordings/${ids.recording}/transcript.srt`],
    ['the newest runs', () => '/api/v1/runs'],
    ['runs far down', () => `/api/v1/runs?cursor=${at}`],
    ['runs that work', () => '/api/v1/runs?status=working'],
    ['runs that failed', () => '/api/v1/runs?status=failed'],
    ['a run', () => `/api/v1/runs/${ids.run}`],
    ['events', () => '/api/v1/events?after=9000'],
    ['verdicts', () => '/api/v1/feedback'],
    ['verdicts on a clip', () => `/api/v1/clips/${ids.clip}/feedback`],
    ['jobs', () => '/api/v1/admin/jobs'],
    ['a clip', () => `/api/v1/clips/${ids.clip}`],
    ['its versions', () => `/api/v1/clips/${ids.clip}/versions`],
    ['a common word', () => search(terms.common)],
    ['a phrase of common words', () => search(`"${terms.phrase}"`)],
    ['a rare word', () => search(terms.rare)],
    ['a word of a title', () => search('bakery')],
    ['health', () => '/health'],
  ])('for %s', async (_, url) => {
    const { statements } = await ask(url())
    const { pool } = test.clipwright.database
    const never = url().includes('/search') ? long : growing
    expect(statements.length).toBeGreaterThan(0)
    for (const { text, values } of statements) {
      // Only asks the planner, and reads nothing.
      if (/^\s*explain/.test(text)) continue
      const whole = await readWhole(pool, { text, values })
      expect([text, whole.filter((table) => never.includes(table))]).toEqual([text, []])
    }
  })
})
