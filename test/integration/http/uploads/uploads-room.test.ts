import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import { appForTest, type TestApp } from '../../../support/app-for-test.ts'
import { someRunSettings } from '../../../support/compose-for-test.ts'
import { makeVideo } from '../../../support/make-media.ts'
import { asOwner, letIn, newKey } from '../../../support/sign-in.ts'
import { metadata, type TusByHand, tusByHand } from '../../../support/tus-by-hand.ts'

let test: TestApp
let server: string
afterEach(() => test.close())

async function open(environment: Record<string, string> = {}): Promise<TusByHand> {
  test = await appForTest({}, { environment })
  server = await test.app.listen({ host: '127.0.0.1', port: 0 })
  return tusByHand(server)
}
const announce = async (tus: TusByHand, bytes: number) => {
  const response = await tus.create({ 'upload-length': String(bytes) })
  const { code } = (await response.json()) as { code?: string }
  return { status: response.status, code, retryAfter: response.headers.get('retry-after') }
}
const limits = async (bytes = 1) => (await test.app.inject({ url: `/api/v1/uploads/limits?bytes=${bytes}` })).json()
const codesOf = ({ full }: { full: { code: string }[] }) => full.map(({ code }) => code)

describe('the size of one', () => {
  it('501 MB are refused, 500 MB are not', async () => {
    const tus = await open()
    expect(await limits()).toMatchObject({ largest: 500e6, storage: { quota: 10e9 }, expiryHours: 24, full: [] })
    expect(await announce(tus, 501e6)).toMatchObject({ status: 413, code: 'UPLOAD_TOO_LARGE' })
    expect(codesOf(await limits(501e6))).toEqual(['UPLOAD_TOO_LARGE'])
    expect(await announce(tus, 500e6)).toMatchObject({ status: 201 })
  })

  it('a form that is larger is refused before it is read', async () => {
    await open({ MAX_FILE_SIZE: '100 KB' })
    const headers = { 'content-type': 'multipart/form-data; boundary=x', 'content-length': '999999999' }
    const response = await test.app.inject({
      method: 'POST',
      url: '/api/v1/recordings',
      headers,
      payload: Buffer.alloc(10),
    })
    expect(response.json()).toMatchObject({ status: 413, code: 'UPLOAD_TOO_LARGE' })
  })

  it('a form without a length is refused when it has become too large, and leaves nothing', async () => {
    await open({ MAX_FILE_SIZE: '100 KB' })
    const form = new FormData()
    form.set('recording', new Blob([Buffer.alloc(150_000, 7)]), 'x.mp4')
    const url = `${server}/api/v1/recordings`
    const response = await fetch(url, { method: 'POST', body: form })
    expect(await response.json()).toMatchObject({ status: 413, code: 'UPLOAD_TOO_LARGE' })
    expect(await readdir(join(test.clipwright.dataFolder, 'uploads', 'receiving'))).toEqual([])
  })
})

describe('the quota of all', () => {
  it('counts what is here, downloads, and what was announced', async () => {
    const tus = await open({ MAX_STORAGE_GB: '0.001' })
    const downloads = join(test.clipwright.dataFolder, 'downloads')
    await mkdir(downloads)
    await writeFile(join(downloads, 'talk.mp4'), Buffer.alloc(300_000))
    expect(await announce(tus, 400_000)).toMatchObject({ status: 201 })
    expect(await limits()).toMatchObject({ storage: { used: 700_000, quota: 1e6, free: 300_000 } })
    expect(await announce(tus, 300_001)).toMatchObject({ status: 507, code: 'UPLOAD_STORAGE_FULL' })
    expect(codesOf(await limits(300_001))).toEqual(['UPLOAD_STORAGE_FULL'])
    expect(await announce(tus, 300_000)).toMatchObject({ status: 201 })
  })

  it('gives the last place to one of many who ask at once', async () => {
    const tus = await open({ MAX_STORAGE_GB: '0.001' })
    const asked = await Promise.all(Array.from({ length: 20 }, () => announce(tus, 300_000)))
    expect(asked.filter(({ status }) => status === 201)).toHaveLength(3)
    expect(asked.filter(({ code }) => code === 'UPLOAD_STORAGE_FULL')).toHaveLength(17)
  })

  it('has room again when an upload is given up', async () => {
    const tus = await open({ MAX_STORAGE_GB: '0.001' })
    const made = await tus.create({ 'upload-length': '900000' })
    expect((await announce(tus, 200_000)).status).toBe(507)
    await tus.remove(made.headers.get('location') ?? '')
    expect((await announce(tus, 200_000)).status).toBe(201)
  })

  it('holds for what nobody said the length of', async () => {
    const tus = await open({ MAX_STORAGE_GB: '0.0001' })
    const made = await tus.create({ 'upload-defer-length': '1' })
    const address = made.headers.get('location') ?? ''
    const response = await tus.patch(address, { offset: 0, body: Buffer.alloc(150_000, 1) })
    expect(await response.json()).toMatchObject({ status: 507, code: 'UPLOAD_STORAGE_FULL' })
    expect(await readdir(join(test.clipwright.dataFolder, 'uploads', 'receiving'))).toEqual([])
  })
})

it('a full queue is told before the upload begins, and takes nothing', async () => {
  const tus = await open({ MAX_QUEUE_SIZE: '1' })
  await test.clipwright.beginRun(someRunSettings())
  expect(codesOf(await limits())).toEqual(['QUEUE_FULL'])
  expect(await announce(tus, 10)).toEqual({
    status: 429,
    code: 'QUEUE_FULL',
    retryAfter: expect.stringMatching(/^\d+$/),
  })
  const form = new FormData()
  form.set('recording', new Blob([Buffer.alloc(10)]), 'x.mp4')
  const url = `${server}/api/v1/recordings`
  expect(await (await fetch(url, { method: 'POST', body: form })).json()).toMatchObject({
    status: 429,
    code: 'QUEUE_FULL',
  })
})

it('what is not gone on with in time is removed', async () => {
  // 0.36 s
  const tus = await open({ UPLOAD_EXPIRY_HOURS: '0.0001' })
  const made = await tus.create({ 'upload-length': '5000' })
  expect(made.headers.get('upload-expires')).toMatch(/GMT$/)
  const address = made.headers.get('location') ?? ''
  await tus.patch(address, { offset: 0, body: Buffer.alloc(1000) })
  await expect.poll(async () => (await tus.head(address)).status, { interval: 500 }).toBe(404)
  expect(await readdir(join(test.clipwright.dataFolder, 'uploads', 'receiving'))).toEqual([])
  expect((await test.app.inject({ url: '/api/v1/events?after=0' })).body).toContain('upload.expired')
})

it("another account's uploads are not there", async () => {
  const tus = await open()
  const early = (await tus.create({ 'upload-length': '5000' })).headers.get('location') ?? ''
  const owner = await asOwner(test.app)
  const [ana, ben] = [
    await letIn(test.app, { owner, role: 'editor' }),
    await letIn(test.app, { owner, role: 'editor' }),
  ]
  const viewer = await letIn(test.app, { owner, role: 'viewer' })
  const headers = {
    'tus-resumable': '1.0.0',
    'upload-length': '5000',
    'upload-metadata': metadata({ filename: 'a.mp4' }),
  }
  const made = await ana.ask({ method: 'POST', url: '/api/v1/uploads', headers })
  expect(made.statusCode).toBe(201)
  const url = String(made.headers.location)
  const piece = { ...headers, 'upload-offset': '0', 'content-type': 'application/offset+octet-stream' }
  for (const method of ['HEAD', 'GET', 'PATCH', 'DELETE'] as const) {
    const options = {
      method,
      url,
      headers: method === 'PATCH' ? piece : headers,
      ...(method === 'PATCH' && { payload: 'x' }),
    }
    expect([method, (await ben.ask(options)).statusCode]).toEqual([method, 404])
    expect([method, (await viewer.ask(options)).statusCode]).toEqual([method, 403])
    expect([method, (await test.app.inject(options)).statusCode]).toEqual([method, 401])
  }
  expect((await ben.ask({ url: '/api/v1/uploads' })).body).not.toContain(url.split('/').at(-1))
  expect((await ana.ask({ url: '/api/v1/uploads' })).body).toContain(url.split('/').at(-1))
  // A key of hers is her, too; what was sent while there were no accounts is anybody's.
  const { key } = await newKey(ana, { scope: 'write' })
  const video = await readFile(await makeVideo({ seconds: 2 }))
  expect(
    (await test.app.inject({ method: 'HEAD', url, headers: { ...headers, authorization: `Bearer ${key}` } }))
      .statusCode,
  ).toBe(200)
  expect((await ben.ask({ method: 'HEAD', url: early, headers })).statusCode).toBe(200)
  const parts = { 'upload-concat': 'partial', 'upload-length': String(video.length) }
  const part = await ana.ask({
    method: 'POST',
    url: '/api/v1/uploads',
    headers: { ...piece, ...parts },
    payload: video,
  })
  const final = { 'tus-resumable': '1.0.0', 'upload-concat': `final;${String(part.headers.location)}` }
  expect((await ben.ask({ method: 'POST', url: '/api/v1/uploads', headers: final })).statusCode).toBe(409)
  expect((await ana.ask({ method: 'POST', url: '/api/v1/uploads', headers: final })).statusCode).toBe(201)
})
