import { afterAll, beforeAll, expect, it } from 'vitest'
import { saveClipVersion } from '../../../src/library/clips.store.ts'
import { getMoment } from '../../../src/library/moments.store.ts'
import { appForTest, type TestApp } from '../../support/app-for-test.ts'
import { moment, storedSamples } from '../../support/stored-samples.ts'

let test: TestApp
let samples: ReturnType<typeof storedSamples>
beforeAll(async () => {
  test = await appForTest()
  samples = storedSamples(test.clipwright.database)
})
afterAll(() => test.close())

const nobody = '00000000-0000-4000-8000-000000000000'
const ask = async (method: 'GET' | 'POST' | 'DELETE', url: string, payload?: unknown) =>
  test.app.inject({ method, url, ...(payload === undefined ? {} : { payload: payload as object }) })

/** A clip of seconds 10 to 20. Returns the address of its feedback. */
async function clip(): Promise<string> {
  const db = test.clipwright.database.kysely
  const { id: detectionId, recordingId } = await samples.newDetection()
  const { id: momentId } = await getMoment(db, detectionId, 1)
  const version = {
    recordingId,
    momentId,
    span: moment,
    title: 'A clip',
    edit: { ranges: [{ start: moment.start, end: moment.end }] },
    style: { aspect: '9:16', captions: 'pop' } as const,
    framing: { aspect: '9:16' as const, scenes: [] },
    contentHash: 'a',
    by: 'test',
  }
  await db.transaction().execute((tx) => saveClipVersion(tx, version))
  const row = await db
    .selectFrom('clips')
    .select('id')
    .where('recording_id', '=', recordingId)
    .executeTakeFirstOrThrow()
  return `/api/v1/clips/${row.id}/feedback`
}

it('takes every kind of verdict, lists them newest first and takes them back', async () => {
  const url = await clip()
  const hostile = '<script>alert(1)</script>'
  const verdicts = [
    { verdict: 'keep' },
    { verdict: 'discard' },
    { verdict: 'stars', stars: 4 },
    { verdict: 'trim', from: 2, to: 8.5 },
    { verdict: 'comment', text: ` ${hostile} ` },
  ]
  for (const verdict of verdicts) expect((await ask('POST', url, verdict)).statusCode).toBe(201)
  const listed = await ask('GET', url)
  expect(listed.headers['content-type']).toContain('application/json')
  expect(listed.json().items).toMatchObject([
    { verdict: 'comment', text: hostile, by: 'http', clipTitle: 'A clip', start: 10, end: 20 },
    { verdict: 'trim', range: { start: 12, end: 18.5 } },
    { verdict: 'stars', stars: 4 },
    { verdict: 'discard' },
    { verdict: 'keep' },
  ])
  expect((await ask('DELETE', url)).json()).toMatchObject({ verdict: 'comment' })
  expect((await ask('GET', url)).json().items).toHaveLength(4)
})

it('lists the verdicts on all clips page by page, each once', async () => {
  for (const url of [await clip(), await clip()])
    for (const stars of [1, 2]) await ask('POST', url, { verdict: 'stars', stars })
  const seen: number[] = []
  for (let cursor: string | null = ''; cursor !== null; ) {
    const page: { items: { id: number }[]; next: string | null } = (
      await ask('GET', `/api/v1/feedback?limit=3${cursor && `&cursor=${cursor}`}`)
    ).json()
    seen.push(...page.items.map(({ id }) => id))
    cursor = page.next
  }
  expect(seen.length).toBeGreaterThanOrEqual(4)
  expect(seen).toEqual([...new Set(seen)].toSorted((a, b) => b - a))
})

it.each([
  ['nothing', {}],
  ['a verdict nobody knows', { verdict: 'love' }],
  ['no stars', { verdict: 'stars' }],
  ['six stars', { verdict: 'stars', stars: 6 }],
  ['half a star', { verdict: 'stars', stars: 1.5 }],
  ['a field nobody knows', { verdict: 'keep', stars: 3 }],
  ['a trim beyond the clip', { verdict: 'trim', from: 0, to: 12 }],
  ['a trim the wrong way round', { verdict: 'trim', from: 5, to: 5 }],
  ['an empty comment', { verdict: 'comment', text: ' ' }],
  ['a book', { verdict: 'comment', text: 'x'.repeat(2001) }],
  ['a letter that is none', { verdict: 'comment', text: 'a\0b' }],
])('refuses %s', async (_, body) => {
  const url = await clip()
  expect((await ask('POST', url, body)).json()).toMatchObject({ status: 400, code: 'BAD_REQUEST' })
  expect((await ask('GET', url)).json().items).toEqual([])
})

it('says what is not there', async () => {
  const missing = { status: 404, code: 'NOT_FOUND' }
  const url = `/api/v1/clips/${nobody}/feedback`
  for (const method of ['GET', 'DELETE'] as const) expect((await ask(method, url)).json()).toMatchObject(missing)
  expect((await ask('POST', url, { verdict: 'keep' })).json()).toMatchObject(missing)
  expect((await ask('DELETE', await clip())).json()).toMatchObject(missing)
  expect((await ask('GET', '/api/v1/clips/one/feedback')).json()).toMatchObject({ status: 400 })
  expect((await ask('GET', '/api/v1/feedback?cursor=x')).json()).toMatchObject({ status: 400 })
})
