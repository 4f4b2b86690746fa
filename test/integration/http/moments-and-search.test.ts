import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { appForTest, type TestApp } from '../../support/app-for-test.ts'
import { moment, segment, storedSamples } from '../../support/stored-samples.ts'

let test: TestApp
let samples: ReturnType<typeof storedSamples>
beforeAll(async () => {
  test = await appForTest()
  samples = storedSamples(test.clipwright.database)
})
afterAll(() => test.close())

const nobody = '00000000-0000-4000-8000-000000000000'
const get = async (url: string) => test.app.inject({ url })

describe('moments', () => {
  it('are those of the newest detection, with scores, features, reasons and the curve', async () => {
    const { id, recordingId } = await samples.newDetection([{ title: '<img onerror=x>' }, { start: 30, end: 40 }])
    const { detection } = (await get(`/api/v1/recordings/${recordingId}/moments`)).json()
    expect(detection).toMatchObject({ id, mode: 'highlights', candidateCount: 7, curve: { step: 1, values: [0, 0.5] } })
    expect(detection.moments).toMatchObject([
      {
        rank: 1,
        title: '<img onerror=x>',
        features: moment.features,
        reasons: moment.reasons,
        detector: moment.detector,
      },
      { rank: 2, start: 30, end: 40 },
    ])
    const other = (await get(`/api/v1/recordings/${recordingId}/moments?mode=viral`)).json()
    expect(other).toEqual({ detection: null })
  })

  it('are none before anybody looked, and of nothing that does not exist', async () => {
    const silent = await samples.newRecording()
    expect((await get(`/api/v1/recordings/${silent}/moments`)).json()).toEqual({ detection: null })
    expect((await get(`/api/v1/recordings/${nobody}/moments`)).json()).toMatchObject({ code: 'RECORDING_NOT_FOUND' })
    for (const path of ['x/moments', `${silent}/moments?mode=loud`])
      expect((await get(`/api/v1/recordings/${path}`)).json()).toMatchObject({ status: 400, code: 'BAD_REQUEST' })
  })
})

describe('search', () => {
  const search = async (text: string, more = '') =>
    (await get(`/api/v1/search?text=${encodeURIComponent(text)}${more}`)).json()
  const sentence = (ordinal: number, text: string) => ({ ...segment(ordinal, ordinal * 5, ordinal * 5 + 4), text })

  it('finds sentences of current transcripts, with times and the words found', async () => {
    const id = await samples.newRecording()
    await samples.newTranscript(id, 'old', [sentence(0, 'A zeppelin of old.')])
    await samples.newTranscript(id, 'new', [sentence(0, 'Nothing.'), sentence(1, 'The Zeppelin <b>landed</b> & left.')])
    const { items, next } = await search('zeppelin')
    expect(next).toBeNull()
    expect(items).toMatchObject([
      {
        recording: { id, title: 'talk' },
        in: 'transcript',
        start: 5,
        end: 9,
        text: 'The Zeppelin <b>landed</b> & left.',
      },
    ])
    expect(items[0].snippet).toContainEqual({ text: 'Zeppelin', found: true })
    expect((await search('"zeppelin landed"')).items).toHaveLength(1)
    expect((await search('zeppelin -landed')).items).toEqual([])
    expect((await search('landed zeppelin nowhere')).items).toEqual([])
  })

  it('gives each hit once, page by page', async () => {
    const texts = Array.from({ length: 5 }, (_, i) => sentence(i, `quokka ${i}`))
    for (const key of ['a', 'b']) await samples.newTranscript(await samples.newRecording(), key, texts)
    const seen: string[] = []
    for (let cursor: string | null = ''; cursor !== null; ) {
      const page: { items: { recording: { id: string }; start: number }[]; next: string | null } = await search(
        'quokka',
        `&limit=3${cursor && `&cursor=${cursor}`}`,
      )
      seen.push(...page.items.map(({ recording, start }) => `${recording.id} ${start}`))
      cursor = page.next
    }
    expect(seen).toHaveLength(10)
    expect(new Set(seen).size).toBe(10)
  })

  it('finds titles', async () => {
    expect((await search('talk')).items[0]).toMatchObject({
      in: 'title',
      start: null,
      snippet: [{ text: 'talk', found: true }],
    })
  })

  it.each(["' or 1=1 --", '!!!', '& | ! <->', '"', '%', '((('])('takes %s as words', async (text) => {
    expect((await search(text)).items).toEqual([])
  })

  it.each(['', '?text=', '?text=%00', `?text=${'x'.repeat(201)}`, '?text=a&limit=0', '?text=a&limit=x'])(
    'refuses %s',
    async (query) => {
      expect((await get(`/api/v1/search${query}`)).json()).toMatchObject({ status: 400, code: 'BAD_REQUEST' })
    },
  )

  it('refuses cursors it never gave', async () => {
    for (const made of [
      {},
      { at: 'now', id: nobody, ordinal: 0 },
      { at: '2026-99-99 00:00:00+00', id: nobody, ordinal: 0 },
      { at: '2026-01-01 00:00:00+00', id: 'x', ordinal: 0 },
    ])
      expect(await search('a', `&cursor=${Buffer.from(JSON.stringify(made)).toString('base64url')}`)).toMatchObject({
        code: 'CURSOR_INVALID',
      })
  })
})
