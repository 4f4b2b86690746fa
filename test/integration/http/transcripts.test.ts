import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { Segment } from '../../../src/domain/transcript.ts'
import { lockRun, pinToRun } from '../../../src/library/runs.store.ts'
import { insertSteps } from '../../../src/library/steps.store.ts'
import { letRunWait, setNeedsTranscript } from '../../../src/library/waiting-runs.store.ts'
import { appForTest, type TestApp } from '../../support/app-for-test.ts'
import { storedSamples } from '../../support/stored-samples.ts'

let test: TestApp
let samples: ReturnType<typeof storedSamples>
beforeAll(async () => {
  test = await appForTest()
  samples = storedSamples(test.clipwright.database)
})
afterAll(() => test.close())

const nobody = '00000000-0000-4000-8000-000000000000'
const hostile = '<script>alert(1)</script>'
const get = async (url: string) => test.app.inject({ url })
const patch = (id: string, payload: unknown) =>
  test.app.inject({ method: 'PATCH', url: `/api/v1/recordings/${id}/transcript`, payload: payload as object })

function said(ordinal: number, text: string, speaker: string | null = 'Ana'): Segment {
  const start = ordinal * 4
  const words = text.split(' ').map((one, i) => ({
    text: one,
    start: start + i,
    end: start + i + 0.5,
    confidence: 0.9,
    timing: 'exact' as const,
  }))
  return { ordinal, start, end: words.at(-1)?.end ?? start, text, speaker, words }
}

async function talk(): Promise<string> {
  const id = await samples.newRecording()
  await samples.newTranscript(id, 'a', [said(0, 'Jon came home.'), said(1, hostile), said(2, 'Where is Jon?', null)])
  return id
}

it('is given page by page, with words only where asked for', async () => {
  const url = `/api/v1/recordings/${await talk()}/transcript`
  const first = (await get(`${url}?limit=2`)).json()
  expect(first).toMatchObject({ version: { version: 1, current: true, segments: 3 }, items: [{ ordinal: 0 }, {}] })
  expect(first.items[0].words).toBeUndefined()
  const second = (await get(`${url}?limit=2&words=true&cursor=${first.next}`)).json()
  expect(second).toMatchObject({
    items: [{ ordinal: 2, speaker: null, words: [{ text: 'Where' }, {}, {}] }],
    next: null,
  })
})

it('goes on in the version that was begun', async () => {
  const id = await talk()
  const url = `/api/v1/recordings/${id}/transcript?limit=2`
  const { next } = (await get(url)).json()
  await patch(id, { find: 'Jon', replacement: 'John' })
  expect((await get(`${url}&cursor=${next}`)).json().items[0].text).toBe('Where is Jon?')
  expect((await get(url)).json().items[0].text).toBe('John came home.')
})

it('becomes a new version by a correction, and the old one is kept', async () => {
  const id = await talk()
  const response = await patch(id, { find: 'jon', replacement: 'John', version: 1 })
  expect(response.json()).toEqual({ version: 2, note: '"jon" became "John" 2 times' })
  expect((await patch(id, { speaker: 'Ana', name: hostile })).json()).toMatchObject({ version: 3 })
  const { items } = (await get(`/api/v1/recordings/${id}/transcripts`)).json()
  expect(items).toMatchObject([
    { version: 3, current: true, by: 'http', basedOn: 2, isChosen: true },
    { version: 2, current: false, note: '"jon" became "John" 2 times' },
    { version: 1, current: false, note: null },
  ])
  const shown = await get(`/api/v1/recordings/${id}/transcript`)
  expect(shown.headers['content-type']).toContain('application/json')
  expect(shown.json().items[1]).toMatchObject({ text: hostile, speaker: hostile })
})

it('is exported', async () => {
  const url = `/api/v1/recordings/${await talk()}/transcript`
  const srt = await get(`${url}.srt`)
  expect(srt.headers).toMatchObject({
    'content-type': 'application/x-subrip; charset=utf-8',
    'x-content-type-options': 'nosniff',
  })
  expect(srt.body).toMatch(/^1\n00:00:00,000 --> 00:00:02,500\nAna: Jon came home\.\n/)
  const vtt = await get(`${url}.vtt`)
  expect(vtt.body).toContain('&lt;script&gt;')
  expect(vtt.body).toMatch(/^WEBVTT\n/)
  expect((await get(`${url}.txt`)).body).toContain('Where is Jon?')
  expect((await get(`${url}.json`)).json()).toMatchObject({ schema: 'clipwright.transcript/1', version: 1 })
})

it.each([
  ['nothing', {}],
  ['nothing to find', { find: '  ', replacement: 'x' }],
  ['wrong types', { find: 7, replacement: 'x' }],
  ['a field nobody knows', { find: 'Jon', replacement: 'x', colour: 'red' }],
  ['a word and a speaker at once', { find: 'Jon', replacement: 'x', speaker: 'Ana', name: 'B' }],
  ['a letter that is none', { find: 'Jon', replacement: '\0' }],
  ['half a letter', { find: 'Jon', replacement: '\ud800' }],
  ['a book', { find: 'Jon', replacement: 'x'.repeat(501) }],
  ['a speaker without a name', { speaker: 'Ana', name: ' ' }],
])('refuses %s', async (_, body) => {
  const id = await talk()
  expect((await patch(id, body)).json()).toMatchObject({ status: 400, code: 'BAD_REQUEST' })
  expect((await get(`/api/v1/recordings/${id}/transcripts`)).json().items).toHaveLength(1)
})

it('says what is not there', async () => {
  const id = await talk()
  const silent = await samples.newRecording()
  const at = (path: string) => get(`/api/v1/recordings/${path}`)
  for (const path of ['transcript', 'transcripts', 'transcript.srt'])
    expect((await at(`${nobody}/${path}`)).json()).toMatchObject({ status: 404, code: 'RECORDING_NOT_FOUND' })
  const missing = { status: 404, code: 'TRANSCRIPT_VERSION_NOT_FOUND' }
  for (const path of [`${silent}/transcript`, `${silent}/transcript.vtt`, `${id}/transcript?version=9`])
    expect((await at(path)).json()).toMatchObject(missing)
  for (const path of [`${id}/transcript.exe`, `${id}/transcript?version=1e99`, `one/transcript`])
    expect((await at(path)).json()).toMatchObject({ status: 400, code: 'BAD_REQUEST' })
  expect((await at(`${id}/transcript?cursor=nonsense`)).json()).toMatchObject({ status: 400, code: 'CURSOR_INVALID' })
  expect((await patch(id, { find: 'Bob', replacement: 'x' })).json()).toMatchObject({
    status: 422,
    code: 'PHRASE_NOT_FOUND',
  })
  expect((await patch(id, { speaker: 'Bob', name: 'x' })).json()).toMatchObject({
    status: 422,
    code: 'SPEAKER_UNKNOWN',
  })
  expect((await patch(id, { find: 'Jon', replacement: 'x', version: 2 })).json()).toMatchObject({
    status: 409,
    code: 'TRANSCRIPT_CHANGED',
  })
})

it('is imported from a file, and a run that waited for it goes on', async () => {
  const db = test.clipwright.database.kysely
  const exported = (await get(`/api/v1/recordings/${await talk()}/transcript.json`)).body
  const id = await samples.newRecording()
  const runId = await samples.newRun()
  const [stepId, jobId] = [randomUUID(), randomUUID()]
  await db.transaction().execute(async (tx) => {
    const error = { code: 'TRANSCRIPT_MISSING', message: 'None.', retry: 'never' as const }
    await pinToRun(tx, await lockRun(tx, runId), { recordingId: id })
    await insertSteps(tx, [{ id: stepId, runId, kind: 'transcribe', subject: 0, jobId }])
    await setNeedsTranscript(tx, { stepId, error })
    await letRunWait(tx, { id: runId, error })
  })
  const post = (payload: object) =>
    test.app.inject({ method: 'POST', url: `/api/v1/recordings/${id}/transcript`, payload })
  expect((await get('/api/v1/runs?status=needs-transcript')).json().items).toMatchObject([
    { id: runId, state: 'waiting', says: 'waiting for a transcript', finishedAt: null },
  ])
  expect((await post({ name: '../talk.srt', text: 'x' })).statusCode).toBe(400)
  expect((await post({ name: 'talk.srt', text: 'no cue' })).json()).toMatchObject({ code: 'TRANSCRIPT_UNREADABLE' })
  const imported = await post({ name: 'talk.json', text: exported })
  expect(imported.json()).toEqual({ version: 1, segments: 3, warnings: [], runs: [runId] })
  expect((await get(`/api/v1/runs/${runId}`)).json()).toMatchObject({ status: 'working', error: null })
  expect((await post({ name: 'talk.json', text: exported })).json()).toMatchObject({ code: 'TRANSCRIPT_EXISTS' })
  const replaced = await post({ name: 'talk.json', text: exported.replace('Jon came', 'John came'), replace: true })
  expect(replaced.json()).toMatchObject({ version: 2, runs: [] })
  await test.clipwright.cancelRun(runId)
})

it('is imported once more where only the language in its name is another', async () => {
  const id = await samples.newRecording()
  const text = 'WEBVTT\n\n00:00:01.000 --> 00:00:03.000\n<00:00:01.000><c>Guten</c><00:00:02.000><c> Tag.</c>\n'
  const post = (name: string) =>
    test.app.inject({
      method: 'POST',
      url: `/api/v1/recordings/${id}/transcript`,
      payload: { name, text, replace: true },
    })
  expect((await post('talk.en.vtt')).json()).toMatchObject({ version: 1, segments: 1 })
  expect((await post('talk.de.vtt')).json()).toMatchObject({ version: 2, segments: 1 })
  expect((await get(`/api/v1/recordings/${id}/transcripts`)).json().items).toMatchObject([
    { version: 2, current: true, language: 'de' },
    { version: 1, language: 'en' },
  ])
})
