import { mkdir, writeFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { BreakerView } from '../../../src/http/app.ts'
import { saveClipVersion, setRendering } from '../../../src/library/clips.store.ts'
import { getMoment } from '../../../src/library/moments.store.ts'
import { saveRendering } from '../../../src/library/renderings.store.ts'
import { renderingFiles } from '../../../src/pipeline/rendering-files.ts'
import { appForTest, type TestApp } from '../../support/app-for-test.ts'
import { moment, newRendering, storedSamples } from '../../support/stored-samples.ts'

let test: TestApp
let samples: ReturnType<typeof storedSamples>
let breakers: BreakerView[] = []
beforeAll(async () => {
  test = await appForTest({}, { breakers: async () => breakers })
  samples = storedSamples(test.clipwright.database)
})
afterAll(() => test.close())

const get = async (url: string, headers: Record<string, string> = {}) => test.app.inject({ url, headers })

/** A recording with a clip whose file holds ten bytes. */
async function newClip(title = 'A "talk" <b>') {
  const db = test.clipwright.database.kysely
  const { id: detectionId, recordingId } = await samples.newDetection()
  const { id: momentId } = await getMoment(db, detectionId, 1)
  const rendering = newRendering()
  const versionId = await db.transaction().execute(async (tx) => {
    await saveRendering(tx, rendering)
    return saveClipVersion(tx, {
      recordingId,
      momentId,
      span: moment,
      title,
      edit: { ranges: [{ start: moment.start, end: moment.end }] },
      style: { aspect: '9:16', captions: 'pop' },
      framing: { aspect: '9:16', scenes: [] },
      contentHash: 'a',
      by: 'test',
    })
  })
  await setRendering(db, versionId, rendering.key)
  const files = renderingFiles(test.clipwright.dataFolder, rendering.key)
  await mkdir(dirname(files.mp4), { recursive: true })
  await writeFile(files.mp4, '0123456789')
  await writeFile(files.vtt, 'WEBVTT\n')
  return { recordingId, key: rendering.key }
}

describe('recordings', () => {
  it('are listed with their clips counted, and found by title', async () => {
    const { recordingId } = await newClip()
    const page = (await get('/api/v1/recordings')).json()
    expect(page.items[0]).toMatchObject({ id: recordingId, clips: 1, latestRun: null })
    const { title } = page.items[0]
    const found = (await get(`/api/v1/recordings?text=${encodeURIComponent(title)}`)).json()
    expect(found.items.map(({ id }: { id: string }) => id)).toContain(recordingId)
    expect((await get('/api/v1/recordings?text=%25%25')).json().items).toEqual([])
  })

  it('are given each once, page by page', async () => {
    for (let i = 0; i < 5; i++) await samples.newRecording()
    const seen: string[] = []
    for (let cursor: string | null = ''; cursor !== null; ) {
      const page: { items: { id: string }[]; next: string | null } = (
        await get(`/api/v1/recordings?limit=2${cursor && `&cursor=${cursor}`}`)
      ).json()
      seen.push(...page.items.map(({ id }) => id))
      cursor = page.next
    }
    expect(new Set(seen).size).toBe(seen.length)
    expect(seen.length).toBeGreaterThanOrEqual(5)
  })

  it('that do not exist are said to', async () => {
    const nobody = '00000000-0000-4000-8000-000000000000'
    for (const path of [nobody, `${nobody}/clips`])
      expect((await get(`/api/v1/recordings/${path}`)).json()).toMatchObject({
        status: 404,
        code: 'RECORDING_NOT_FOUND',
      })
    expect((await get('/api/v1/recordings/one')).json()).toMatchObject({ status: 400, code: 'BAD_REQUEST' })
  })

  it('answers the same again with 304', async () => {
    const first = await get('/api/v1/recordings')
    const again = await get('/api/v1/recordings', { 'if-none-match': String(first.headers['etag']) })
    expect([first.statusCode, again.statusCode, again.body]).toEqual([200, 304, ''])
    expect((await get('/api/v1/recordings', { 'if-none-match': '"other"' })).statusCode).toBe(200)
  })
})

describe('clips', () => {
  it('say what they are, why they were chosen and where their files are', async () => {
    const { recordingId, key } = await newClip()
    const { items } = (await get(`/api/v1/recordings/${recordingId}/clips`)).json()
    expect(items).toMatchObject([
      { title: 'A "talk" <b>', video: `/api/v1/renderings/${key}.mp4`, moment: { rank: 1, start: moment.start } },
    ])
  })

  it('are played in ranges, and kept for ever', async () => {
    const { key } = await newClip()
    const whole = await get(`/api/v1/renderings/${key}.mp4`)
    expect(whole).toMatchObject({ statusCode: 200, body: '0123456789' })
    expect(whole.headers).toMatchObject({ 'content-type': 'video/mp4', 'accept-ranges': 'bytes' })
    expect(whole.headers['cache-control']).toContain('immutable')
    const part = await get(`/api/v1/renderings/${key}.mp4`, { range: 'bytes=2-4' })
    expect(part).toMatchObject({ statusCode: 206, body: '234' })
    expect(part.headers['content-range']).toBe('bytes 2-4/10')
    expect((await get(`/api/v1/renderings/${key}.mp4`, { range: 'bytes=90-99' })).statusCode).toBe(416)
  })

  it('are saved under the name asked for, whatever is in it', async () => {
    const { key } = await newClip()
    const name = encodeURIComponent('../a "b"\r\nx: y ü')
    const { headers } = await get(`/api/v1/renderings/${key}.vtt?download=${name}`)
    expect(headers['content-disposition']).toBe(
      `attachment; filename=".._a _b___x_ y _.vtt"; filename*=UTF-8''..%2Fa%20%22b%22%0D%0Ax%3A%20y%20%C3%BC.vtt`,
    )
    expect(headers['x']).toBeUndefined()
  })

  it.each([
    '../../../etc/passwd',
    '..%2f..%2f..%2fetc%2fpasswd',
    `${'a'.repeat(63)}.mp4`,
    `${'a'.repeat(64)}.mp4`,
    `${'a'.repeat(64)}.sh`,
    `${'A'.repeat(64)}.mp4`,
    '%00.mp4',
  ])('none is at %s', async (name) => {
    const { statusCode, headers } = await get(`/api/v1/renderings/${name}`)
    expect([400, 404]).toContain(statusCode)
    expect(headers['content-type']).toContain('problem+json')
  })
})

describe('beginning a run', () => {
  const post = (body: unknown) => test.app.inject({ method: 'POST', url: '/api/v1/runs', payload: body as object })

  it.each([
    ['a path that is not absolute', { path: 'talk.mp4' }, 400, 'BAD_REQUEST'],
    ['a field nobody knows', { path: '/talk.mp4', colour: 'red' }, 400, 'BAD_REQUEST'],
    ['wrong types', { path: 7 }, 400, 'BAD_REQUEST'],
    ['lengths the wrong way round', { path: '/talk.mp4', minSeconds: 50, maxSeconds: 20 }, 400, 'BAD_REQUEST'],
    ['a file that is not there', { path: '/nowhere/talk.mp4' }, 422, 'MEDIA_NOT_FOUND'],
    ['a folder', { path: '/' }, 422, 'MEDIA_NOT_FOUND'],
    ['a body of ten megabytes', { path: 'x'.repeat(10_000_000) }, 413, 'BODY_TOO_LARGE'],
  ])('refuses %s', async (_, body, status, code) => {
    const before = (await get('/api/v1/runs')).json().items.length
    expect((await post(body)).json()).toMatchObject({ status, code })
    expect((await get('/api/v1/runs')).json().items.length).toBe(before)
  })

  it('answers where the run is to be seen', async () => {
    const { dataFolder } = test.clipwright
    await writeFile(`${dataFolder}/talk.mp4`, 'not really')
    const response = await post({ path: `${dataFolder}/talk.mp4` })
    expect(response.statusCode).toBe(202)
    const run = await get(String(response.headers['location']))
    expect(run.json()).toMatchObject({
      title: 'talk',
      status: 'working',
      steps: [{ kind: 'ingest', failedAttempts: [] }],
    })
  })
})

it('is one page that needs nothing from elsewhere', async () => {
  for (const [path, type] of [
    ['/', 'text/html'],
    ['/page.css', 'text/css'],
    ['/page.js', 'text/javascript'],
  ] as const) {
    const { statusCode, headers, body } = await get(path)
    expect([statusCode, headers['content-type']]).toEqual([200, expect.stringContaining(type)])
    expect(body).not.toMatch(/https?:\/\//)
  }
  const policy = String((await get('/')).headers['content-security-policy'])
  expect(policy).toContain("default-src 'self'")
  expect(policy).not.toContain('unsafe')
})

it('tells Prometheus how it does', async () => {
  await get('/api/v1/runs')
  const { headers, body } = await get('/metrics')
  expect(headers['content-type']).toContain('text/plain; version=0.0.4')
  expect(body).toMatch(
    /clipwright_http_request_duration_seconds_count\{method="GET",route="\/api\/v1\/runs",status="200"\} \d+/,
  )
  expect(body).toMatch(/clipwright_steps\{kind="ingest",status="queued"\} \d+/)
})

it('tells how the breakers of language models stand', async () => {
  const model = 'claude'
  const gauge = async () =>
    /clipwright_model_breaker\{provider="anthropic",model="claude"\} (\d)/.exec((await get('/metrics')).body)?.[1]
  expect(await gauge()).toBeUndefined()
  for (const [state, value] of [
    ['closed', '0'],
    ['half-open', '1'],
    ['open', '2'],
  ] as const) {
    breakers = [{ provider: 'anthropic', model, state }]
    expect(await gauge()).toBe(value)
  }
  breakers = []
  expect(await gauge()).toBeUndefined()
})
