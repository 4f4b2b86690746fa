import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { patient } from '../../support/run-cli.ts'
import { type ServedTalk, serveTalk } from '../../support/served-talk.ts'

interface Clip {
  id: string
  title: string
  version: number
  duration: number
  video: string
  aspect: string
  captions: string
  moment: { rank: number; start: number; end: number; text: string }
  plan: { seconds: number; removed: { kind: string; text: string }[]; corrections: { text: string }[] }
  making: { runId: string; state: string; error: { code: string } | null } | null
}
interface Editor {
  version: number
  changes: Record<string, unknown>
  words: { text: string; start: number; end: number; state: string; shown: string | null }[]
  scenes: { reason: string; start: number; end: number }[]
}

let talk: ServedTalk
let recordingId: string
let clips: Clip[]
beforeAll(async () => {
  talk = await serveTalk()
  const asked = { path: talk.media, count: 2, minSeconds: 3, maxSeconds: 6, aspect: '1:1', captions: 'none' }
  const { statusCode, body } = await post('/api/v1/runs', asked)
  expect({ statusCode, body }).toMatchObject({ statusCode: 202 })
  const run = await talk.ended(JSON.parse(body).id)
  expect(run).toMatchObject({ status: 'done', error: null })
  recordingId = run.recordingId ?? ''
  clips = await listed()
}, patient.timeout)
afterAll(() => talk.close())

const get = (url: string) => talk.app.inject({ url })
const post = (url: string, payload: object, headers: Record<string, string> = {}) =>
  talk.app.inject({ method: 'POST', url, payload, headers })
const listed = async () => (await get(`/api/v1/recordings/${recordingId}/clips`)).json<{ items: Clip[] }>().items
const one = async (id: string) => (await get(`/api/v1/clips/${id}`)).json<Clip>()
const editor = async (id: string) => (await get(`/api/v1/clips/${id}/edit`)).json<Editor>()

/** The clip of a rank. */
function clip(rank: number): Clip {
  const found = clips.find(({ moment }) => moment.rank === rank)
  if (found === undefined) throw new Error(`there is no clip ${rank}`)
  return found
}

/** Sends an edit and waits until the clip is made. */
async function edit(id: string, asked: object, how = 'edits'): Promise<Clip> {
  const response = await post(`/api/v1/clips/${id}/${how}`, asked)
  expect({ status: response.statusCode, body: response.body }).toMatchObject({ status: 202 })
  expect(response.headers.location).toBe(`/api/v1/runs/${response.json().runId}`)
  expect(await talk.ended(response.json().runId)).toMatchObject({ status: 'done' })
  return one(id)
}

describe('a clip', patient, () => {
  it('is noted, with all that was made for it, as made by whoever began the run', async () => {
    const { kysely } = talk.pipeline.database
    for (const table of ['recordings', 'transcripts', 'clip_versions'] as const)
      expect(await kysely.selectFrom(table).select('created_by').distinct().execute()).toEqual([{ created_by: 'http' }])
  })

  it('is shown with what it plays', async () => {
    const before = clip(1)
    expect(await one(before.id)).toMatchObject({ id: before.id, version: 1, making: null, plan: { removed: [] } })
    const { items } = (await get(`/api/v1/clips/${before.id}/versions`)).json()
    expect(items).toMatchObject([{ version: 1, isShown: true, style: { aspect: '1:1', captions: 'none' } }])
    expect(items[0].rendering.checks.length).toBeGreaterThan(3)
    expect(items[0].rendering.checks.filter(({ status }: { status: string }) => status === 'failed')).toEqual([])
    expect((await get(`/api/v1/clips/${before.id}/edits`)).json()).toEqual({ items: [] })
  })

  it('is edited, undone, and brought back', async () => {
    const before = await one(clip(1).id)
    const { id } = before
    const looked = await editor(id)
    expect(looked).toMatchObject({ version: 0, changes: {} })
    expect(looked.scenes.every(({ reason }) => reason !== '')).toBe(true)
    const played = looked.words.filter(({ state }) => state === 'played')
    expect(played.map(({ text }) => text).join(' ')).toBe(before.moment.text)
    const [first, second] = [played[1], played[3]]
    if (!first || !second) throw new Error('it says too little')

    const asked = { remove: [{ start: first.start, end: first.end }], title: 'By hand', version: 0 }
    const edited = await edit(id, { ...asked, replace: [{ from: second.text, to: 'Corrected' }] })
    expect(edited).toMatchObject({ title: 'By hand', version: 2, making: { state: 'made', error: null } })
    expect(edited.duration).toBeLessThan(before.duration - 0.9 * (first.end - first.start))
    expect(edited.plan.removed).toMatchObject([{ kind: 'words', text: first.text }])
    expect(edited.plan.corrections).toMatchObject([{ text: expect.stringContaining('Corrected') }])
    expect(edited.video).not.toBe(before.video)
    expect((await get(edited.video)).statusCode).toBe(200)
    const after = await editor(id)
    expect(after.version).toBeGreaterThan(0)
    expect(after.words.filter(({ state }) => state === 'removed').map(({ text }) => text)).toEqual([first.text])
    expect(after.words.find(({ shown }) => shown !== null)).toMatchObject({ text: second.text })
    // The other clip is the same file.
    expect((await one(clip(2).id)).video).toBe(clip(2).video)

    const undone = await edit(id, { version: after.version }, 'undo')
    expect(undone).toMatchObject({ title: before.title, version: 1, video: before.video })
    expect(await listed()).toMatchObject([{ id, video: before.video }, {}])
    expect((await post(`/api/v1/clips/${id}/undo`, {})).json()).toMatchObject({ status: 409, code: 'NOTHING_TO_UNDO' })

    const again = await edit(id, { trimStart: 0.5 })
    expect(again.duration).toBeCloseTo(before.duration - 0.5, 1)
    const [history] = (await get(`/api/v1/clips/${id}/edits`)).json().items
    await edit(id, { edit: null }, 'restore')
    expect((await one(id)).video).toBe(before.video)
    expect((await edit(id, { edit: history.id }, 'restore')).video).toBe(again.video)
    const versions = (await get(`/api/v1/clips/${id}/versions`)).json().items
    expect(versions.map(({ isShown }: { isShown: boolean }) => isShown)).toEqual([true, false, false])
    expect(versions[0].rendering.video).toBe(again.video)
  })

  it('looks otherwise than the others, where somebody wants that', async () => {
    const { id } = clip(2)
    expect(await edit(id, { captions: 'box', aspect: '9:16' })).toMatchObject({ captions: 'box', aspect: '9:16' })
    expect(clip(1).aspect).toBe('1:1')
    expect((await listed()).map(({ aspect }) => aspect).sort()).toEqual(['1:1', '9:16'])
    const whole = await talk.app.inject({ method: 'PUT', url: `/api/v1/clips/${id}/edit`, payload: { changes: {} } })
    expect(whole.statusCode).toBe(202)
    await talk.ended(whole.json().runId)
    expect(await one(id)).toMatchObject({ captions: 'none', aspect: '1:1', video: clip(2).video })
  })

  it('is not overwritten by who looked before somebody else edited', async () => {
    const { id } = clip(2)
    const { version } = await editor(id)
    const titles = ['one', 'two', 'three']
    const answers = await Promise.all(titles.map((title) => post(`/api/v1/clips/${id}/edits`, { title, version })))
    const accepted = answers.findIndex(({ statusCode }) => statusCode === 202)
    const [begun, refused] = [answers[accepted], answers.toSpliced(accepted, 1)]
    for (const answer of refused) expect(answer.json()).toMatchObject({ status: 409, code: 'CLIP_CHANGED' })
    await talk.ended(begun?.json().runId)
    expect((await one(id)).title).toBe(titles[accepted])
  })

  it('is what the newest edit says when two follow each other closely', async () => {
    const { id } = clip(1)
    const first = await post(`/api/v1/clips/${id}/edits`, { title: 'too early' })
    const second = await post(`/api/v1/clips/${clip(2).id}/edits`, { title: 'elsewhere' })
    const third = await post(`/api/v1/clips/${id}/edits`, { title: 'the last word' })
    for (const { statusCode } of [first, second, third]) expect(statusCode).toBe(202)
    const ends = await Promise.all(
      [first, second, third].map(async (each) => (await talk.ended(each.json().runId)).status),
    )
    expect(ends[2]).toBe('done')
    expect(await one(id)).toMatchObject({ title: 'the last word', making: { state: 'made' } })
    expect(await one(clip(2).id)).toMatchObject({ title: 'elsewhere' })
  })

  it('says beforehand what an edit would play, and stores nothing', async () => {
    const { id } = clip(1)
    const before = (await editor(id)).version
    const preview = await post(`/api/v1/clips/${id}/edits/preview`, { trimEnd: 1 })
    expect(preview.json()).toMatchObject({ byHand: true, seconds: expect.any(Number) })
    expect((await editor(id)).version).toBe(before)
  })

  it('is made once for an Idempotency-Key', async () => {
    const { id } = clip(1)
    const key = { 'idempotency-key': randomUUID() }
    const [first, again] = [
      await post(`/api/v1/clips/${id}/edits`, { trimEnd: 0.1 }, key),
      await post(`/api/v1/clips/${id}/edits`, { trimEnd: 0.1 }, key),
    ]
    expect([first.statusCode, again.body]).toEqual([202, first.body])
    await talk.ended(first.json().runId)
  })

  it.each([
    ['words that are not said', { remove: ['xylophone'] }, 422, 'EDIT_UNUSABLE'],
    ['ranges beyond the recording', { ranges: [{ start: 0, end: 900 }] }, 422, 'EDIT_UNUSABLE'],
    ['a range backwards', { ranges: [{ start: 5, end: 2 }] }, 400, 'BAD_REQUEST'],
    ['a trim that leaves nothing', { trimStart: 599 }, 422, 'EDIT_UNUSABLE'],
    ['ranges and a trim', { ranges: [{ start: 0, end: 5 }], trimEnd: 1 }, 400, 'BAD_REQUEST'],
    ['nothing', {}, 400, 'BAD_REQUEST'],
    ['nothing but a version', { version: 0 }, 400, 'BAD_REQUEST'],
    ['a field nobody knows', { title: 'x', colour: 'red' }, 400, 'BAD_REQUEST'],
    ['letters that are none', { title: 'a\0b' }, 400, 'BAD_REQUEST'],
    [
      'a thousand ranges and one',
      { ranges: Array.from({ length: 1001 }, () => ({ start: 0, end: 1 })) },
      400,
      'BAD_REQUEST',
    ],
  ])('refuses %s, and changes nothing', async (_, asked, status, code) => {
    const { id } = clip(1)
    const before = (await editor(id)).version
    expect((await post(`/api/v1/clips/${id}/edits`, asked)).json()).toMatchObject({ status, code })
    expect((await editor(id)).version).toBe(before)
  })

  it.each(['', '/versions', '/edits', '/edit'])('that does not exist is said to: %s', async (path) => {
    const nobody = '00000000-0000-4000-8000-000000000000'
    expect((await get(`/api/v1/clips/${nobody}${path}`)).json()).toMatchObject({ status: 404, code: 'CLIP_NOT_FOUND' })
  })
})

describe('for editors', patient, () => {
  it.each([
    ['edl', /^TITLE: /],
    ['fcpxml', /<fcpxml version=/],
    ['otio', /"OTIO_SCHEMA": ?"Timeline\.1"/],
    ['srt', /^1\r?\n00:00:/],
    ['vtt', /^WEBVTT/],
    ['ass', /^\[Script Info\]/],
  ])('a clip is there as %s', async (format, looks) => {
    const { statusCode, body, headers } = await get(`/api/v1/clips/${clip(1).id}/export.${format}`)
    expect(statusCode).toBe(200)
    expect(body).toMatch(looks)
    expect(headers['content-disposition']).toMatch(new RegExp(`^attachment; filename="01-[^"/]*\\.${format}"`))
  })

  it.each(['edl', 'fcpxml', 'otio'])('the recording with its moments is there as %s', async (format) => {
    const { statusCode, body } = await get(`/api/v1/recordings/${recordingId}/export.${format}`)
    expect(statusCode).toBe(200)
    for (const { title } of await listed()) expect(body).toContain(title.split(/[^\w ]/)[0])
  })

  it.each(['exe', 'mp4', '../edl', 'EDL'])('nothing is there as %s', async (format) => {
    expect([400, 404]).toContain((await get(`/api/v1/clips/${clip(1).id}/export.${format}`)).statusCode)
  })
})

it('a run tells what became of each of its clips', async () => {
  const { items } = (await get(`/api/v1/runs?limit=50`)).json()
  const { id } = items.at(-1)
  const renderings = (await get(`/api/v1/runs/${id}/renderings`)).json().items
  expect(renderings).toMatchObject([
    { rank: 1, status: 'done', clipId: clip(1).id, rendering: { video: clip(1).video, repaired: false } },
    { rank: 2, status: 'done', clipId: clip(2).id, rendering: { video: clip(2).video } },
  ])
  const { body, headers } = await get(renderings[0].rendering.video)
  expect([Buffer.byteLength(body) > 1000, headers['content-type']]).toEqual([true, 'video/mp4'])
})
