import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { saveEvent } from '../../../src/library/events.store.ts'
import { insertUpload } from '../../../src/library/uploads.store.ts'
import { appForTest, type TestApp } from '../../support/app-for-test.ts'
import { someRunSettings } from '../../support/compose-for-test.ts'
import { eachOperation } from '../../support/each-operation.ts'
import { storeClip } from '../../support/stored-clip.ts'

let test: TestApp
let clipId: string
let recordingId: string
beforeAll(async () => {
  test = await appForTest()
  ;({ recordingId } = await storeClip(test.clipwright))
  const clip = db().selectFrom('clips').select('id').where('recording_id', '=', recordingId)
  clipId = (await clip.executeTakeFirstOrThrow()).id
  const { runId } = await test.clipwright.beginRun(someRunSettings())
  await sql`update runs set created_at = '2020-05-01T10:00:00Z', recording_id = ${recordingId} where id = ${runId}`.execute(
    db(),
  )
  for (let i = 0; i < 3; i++) await test.clipwright.beginRun(someRunSettings())
  const verdicts = [{ verdict: 'keep' }, { verdict: 'stars', stars: 4 }, { verdict: 'discard' }]
  for (const payload of verdicts)
    await test.app.inject({ method: 'POST', url: `/api/v1/clips/${clipId}/feedback`, payload })
  for (const kind of ['recording', 'transcript', 'asset'] as const) await insertUpload(db(), upload(kind))
  await saveEvent(db(), { severity: 'warn', component: 'lists', name: 'lists.tried', message: 'Tried.' })
  await saveEvent(db(), { severity: 'debug', component: 'lists', name: 'lists.tried', message: 'Again.' })
})
afterAll(() => test.close())

const db = () => test.clipwright.database.kysely
const upload = (kind: 'recording' | 'transcript' | 'asset') => ({
  ...{ kind, part: 'whole' as const, title: kind, fileName: '', metadata: '', settings: {} },
  ...{ owner: null, transcriptId: null, parts: null, length: 5, expiresAt: null },
})

interface Page {
  items: { id: string | number; status?: string; kind?: string; createdAt?: string }[]
  next: string | null
  total: number | null
}
const get = async (url: string): Promise<Page> => {
  const answer = await test.app.inject({ url })
  expect([url, answer.statusCode]).toEqual([url, 200])
  return answer.json<Page>()
}

/** All pages of a list, two entries at a time. */
async function everything(url: string): Promise<{ items: Page['items']; totals: Page['total'][] }> {
  const [items, totals]: [Page['items'], Page['total'][]] = [[], []]
  for (let cursor = ''; ; ) {
    const page = await get(`${url}${url.includes('?') ? '&' : '?'}limit=2${cursor && `&cursor=${cursor}`}`)
    items.push(...page.items)
    totals.push(page.total)
    if (page.next === null) return { items, totals }
    cursor = page.next
  }
}

it.each([
  '/api/v1/recordings',
  '/api/v1/runs',
  '/api/v1/runs?status=working',
  '/api/v1/feedback',
  '/api/v1/uploads',
  '/api/v1/accounts',
  '/api/v1/admin/jobs',
  '/api/v1/admin/dead-letters',
])('the first page of %s says how many there are, and the pages have as many', async (url) => {
  const { items, totals } = await everything(url)
  expect(totals[0]).toBe(items.length)
  expect(totals.slice(1).every((total) => total === null)).toBe(true)
  expect(new Set(items.map(({ id }) => id)).size).toBe(items.length)
})

it('every list that has pages says it, but search, which would have to find everything', () => {
  const { paths } = test.app.swagger() as unknown as {
    paths: Record<
      string,
      { get?: { responses: { 200?: { content?: Record<string, { schema: { properties?: object } }> } } } }
    >
  }
  const paged = eachOperation(test.app).filter(({ method, queries }) => method === 'GET' && queries.includes('cursor'))
  expect(paged.length).toBeGreaterThan(8)
  const silent = paged
    .map(({ name }) => name.replace('GET ', ''))
    .filter((path) => {
      const schema = paths[path]?.get?.responses[200]?.content?.['application/json']?.schema
      return !('total' in (schema?.properties ?? {}))
    })
  expect(silent).toEqual(['/api/v1/recordings/{id}/transcript', '/api/v1/search'])
})

describe('runs', () => {
  it('are found by recording, time and state, the oldest first where wanted', async () => {
    const old = await get('/api/v1/runs?until=2020-06-01T00:00:00Z')
    expect([old.total, old.items.length]).toEqual([1, 1])
    const all = await get('/api/v1/runs?sort=oldest')
    expect(all.items[0]?.id).toBe(old.items[0]?.id)
    expect((await everything('/api/v1/runs?sort=oldest')).items).toEqual(
      (await everything('/api/v1/runs')).items.toReversed(),
    )
    expect((await get(`/api/v1/runs?recordingId=${recordingId}`)).items.map(({ id }) => id)).toEqual([old.items[0]?.id])
    expect((await get('/api/v1/runs?since=2021-01-01T00:00:00%2B01:00')).total).toBe(3)
  })
})

describe('events', () => {
  it('are found by what they are about, the newest first where wanted', async () => {
    const names = async (query: string) =>
      (await get(`/api/v1/events?${query}`)).items.map((event) => (event as unknown as { message: string }).message)
    expect(await names('name=lists.tried')).toEqual(['Tried.', 'Again.'])
    expect(await names('component=lists&sort=newest&limit=1')).toEqual(['Again.'])
    expect(await names('component=lists&severity=info')).toEqual(['Tried.'])
    const newest = (await get('/api/v1/events?sort=newest&limit=1')).items[0]?.id
    expect(
      (await get(`/api/v1/events?sort=newest&before=${newest}&limit=500`)).items.map(({ id }) => id),
    ).not.toContain(newest)
    expect((await get(`/api/v1/events?after=${newest}`)).items).toEqual([])
  })
})

it('uploads, verdicts and jobs are found by their kind', async () => {
  expect((await get('/api/v1/uploads?kind=asset')).items.map(({ kind }) => kind)).toEqual(['asset'])
  expect((await get('/api/v1/uploads?status=begun')).total).toBe(0)
  expect((await get('/api/v1/feedback?verdict=stars')).total).toBe(1)
  expect((await get(`/api/v1/clips/${clipId}/feedback?verdict=trim`)).total).toBe(0)
  expect((await get('/api/v1/admin/jobs?kind=cut')).total).toBe(0)
  expect((await get('/api/v1/admin/jobs?kind=ingest')).total).toBe(4)
})
