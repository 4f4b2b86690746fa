import { readdir, readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { Upload, type UploadOptions } from 'tus-js-client'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { appForTest, type TestApp } from '../../../support/app-for-test.ts'
import { makeVideo } from '../../../support/make-media.ts'
import { checksum, metadata, type TusByHand, tusByHand } from '../../../support/tus-by-hand.ts'

let test: TestApp
let server: string
let tus: TusByHand
let video: Buffer
let number = 0

beforeAll(async () => {
  test = await appForTest({}, { environment: { MAX_FILE_SIZE: '1 MB' } })
  server = await test.app.listen({ host: '127.0.0.1', port: 0 })
  tus = tusByHand(server)
  video = await readFile(await makeVideo({ seconds: 2 }))
})
afterAll(() => test.close())

/** The video with a content of its own: bytes after its last box are let be (ISO/IEC 14496-12, 8.1.2: `free`). */
function ownVideo(): Buffer {
  number += 1
  const free = Buffer.alloc(16)
  free.writeUInt32BE(16, 0)
  free.write('free', 4)
  free.writeDoubleBE(number + Math.random(), 8)
  return Buffer.concat([video, free])
}

const begin = async (file: Buffer, fields: Record<string, string> = { filename: 'talk.mp4' }): Promise<string> => {
  const made = await tus.create({ 'upload-length': String(file.length), 'upload-metadata': metadata(fields) })
  expect(made.status).toBe(201)
  return made.headers.get('location') ?? ''
}
const offsetOf = async (address: string) => Number((await tus.head(address)).headers.get('upload-offset'))
const show = async (address: string) => (await (await fetch(new URL(address, server))).json()) as never
const codeOf = async (response: Response) => ({
  status: response.status,
  code: ((await response.json()) as { code: string }).code,
})
const written = (address: string, bytes: number) => async () => {
  const name = `${address.split('/').at(-1)}.part`
  return (await stat(join(test.clipwright.dataFolder, 'uploads', 'receiving', name))).size >= bytes
}
const filesIn = (folder: string) => readdir(join(test.clipwright.dataFolder, 'uploads', folder)).catch(() => [])

/** An upload by tus-js-client; resolves with its address. */
function byClient(file: Buffer, options: UploadOptions = {}): Promise<string> {
  return new Promise((resolve, reject) => {
    const upload = new Upload(file, {
      endpoint: `${server}/api/v1/uploads`,
      metadata: { filename: 'talk.mp4' },
      retryDelays: [0, 100, 200, 400, 800],
      ...options,
      onError: reject,
      onSuccess: () => resolve(upload.url ?? ''),
    })
    upload.start()
  })
}

describe('tus-js-client', () => {
  it('sends a recording whole, and its run begins', async () => {
    const address = await byClient(ownVideo(), { metadata: { filename: 'A talk.mp4', settings: '{"count": 2}' } })
    const { runId, ...upload }: { runId: string } = await show(address)
    expect(upload).toMatchObject({
      status: 'begun',
      says: 'its run has begun',
      title: 'A talk',
      fileName: 'A talk.mp4',
    })
    const run = await test.app.inject({ url: `/api/v1/runs/${runId}` })
    expect(run.json()).toMatchObject({ title: 'A talk', status: 'working' })
  })

  it('sends it in pieces, and of unknown length', async () => {
    expect(await show(await byClient(ownVideo(), { chunkSize: 7000 }))).toMatchObject({ status: 'begun' })
    expect(await show(await byClient(ownVideo(), { chunkSize: 7000, uploadLengthDeferred: true }))).toMatchObject({
      status: 'begun',
    })
  })

  it('sends parts side by side, which become one', async () => {
    const file = ownVideo()
    const upload: { contentHash: string } = await show(await byClient(file, { parallelUploads: 3 }))
    expect(upload).toMatchObject({ status: 'begun', length: file.length, title: 'talk' })
    const kept = await readFile(join(test.clipwright.dataFolder, 'uploads', upload.contentHash))
    expect(kept.equals(file)).toBe(true)
    expect(await filesIn('receiving')).toEqual([])
  })

  it('sends it with the creation, and with checksums', async () => {
    const file = ownVideo()
    const address = await byClient(file, {
      uploadDataDuringCreation: true,
      headers: { 'Upload-Checksum': checksum(file) },
    })
    expect(await show(address)).toMatchObject({ status: 'begun' })
  })

  it('overrides methods', async () => {
    expect(await show(await byClient(ownVideo(), { overridePatchMethod: true }))).toMatchObject({ status: 'begun' })
  })

  it('goes on after a break', async () => {
    const file = ownVideo()
    const address = new URL(await begin(file), server).href
    await tus.cut(new URL(address).pathname, { offset: 0, body: file, after: 5000, seen: written(address, 5000) })
    await byClient(file, { uploadUrl: address })
    expect(await show(address)).toMatchObject({ status: 'begun' })
  })

  it('gives one up, and its bytes go', async () => {
    const file = ownVideo()
    const address = await begin(file)
    await tus.patch(address, { offset: 0, body: file.subarray(0, 3000) })
    await Upload.terminate(new URL(address, server).href)
    expect((await tus.head(address)).status).toBe(404)
    expect(await filesIn('receiving')).toEqual([])
  })
})

describe('what the protocol says', () => {
  it('tells what it speaks', async () => {
    const { status, headers } = await fetch(`${server}/api/v1/uploads`, { method: 'OPTIONS' })
    expect(status).toBe(204)
    expect(Object.fromEntries(headers)).toMatchObject({
      'tus-version': '1.0.0',
      'tus-max-size': '1000000',
      'tus-extension': expect.stringContaining('concatenation'),
      'tus-checksum-algorithm': 'sha1,sha256,md5',
    })
  })

  it('keeps what came when the connection is cut at every tenth', async () => {
    const file = ownVideo()
    const address = await begin(file)
    for (let tenth = 1; tenth <= 9; tenth += 1) {
      const offset = await offsetOf(address)
      const wanted = Math.floor((file.length * tenth) / 10)
      await tus.cut(address, {
        offset,
        body: file.subarray(offset),
        after: wanted - offset,
        seen: written(address, wanted),
      })
      expect(await offsetOf(address)).toBe(wanted)
    }
    const offset = await offsetOf(address)
    const last = await tus.patch(address, { offset, body: file.subarray(offset) })
    expect(last.status).toBe(204)
    expect(last.headers.get('location')).toMatch(/^\/api\/v1\/runs\//)
    const { contentHash }: { contentHash: string } = await show(address)
    expect((await readFile(join(test.clipwright.dataFolder, 'uploads', contentHash))).equals(file)).toBe(true)
  })

  it('keeps nothing of a piece with a wrong checksum', async () => {
    const file = ownVideo()
    const address = await begin(file)
    const [first, second] = [file.subarray(0, 4000), file.subarray(4000)]
    await tus.patch(address, { offset: 0, body: first, headers: { 'upload-checksum': checksum(first, 'sha256') } })
    const wrong = await tus.patch(address, {
      offset: 4000,
      body: second,
      headers: { 'upload-checksum': checksum(first) },
    })
    expect(await codeOf(wrong)).toEqual({ status: 460, code: 'UPLOAD_CHECKSUM_WRONG' })
    expect(await offsetOf(address)).toBe(4000)
    const right = { offset: 4000, body: second, headers: { 'upload-checksum': checksum(second, 'md5') } }
    expect((await tus.patch(address, right)).status).toBe(204)
    expect(await show(address)).toMatchObject({ status: 'begun' })
  })

  it('keeps nothing of a piece with a checksum that was cut', async () => {
    const file = ownVideo()
    const address = await begin(file)
    const unknown = { offset: 0, body: file, headers: { 'upload-checksum': 'crc32 AAAAAA==' } }
    expect(await codeOf(await tus.patch(address, unknown))).toEqual({ status: 400, code: 'BAD_REQUEST' })
    const cut = {
      offset: 0,
      body: file,
      after: 4000,
      seen: written(address, 4000),
      headers: { 'upload-checksum': checksum(file) },
    }
    await tus.cut(address, cut)
    expect(await offsetOf(address)).toBe(0)
  })

  it.each(['1', '99999', '-1', 'x', '1e3', '0x0', '9007199254740993'])('refuses the offset %s', async (offset) => {
    const file = ownVideo()
    const address = await begin(file)
    const { status } = await tus.patch(address, { offset, body: file })
    expect(status).toBe(/^\d{1,6}$/.test(offset) ? 409 : 400)
    expect(await offsetOf(address)).toBe(0)
  })

  it.each(['-1', '1.5', '1e3', '', 'x', '99999999999999999999999'])('refuses the length %s', async (length) => {
    expect((await tus.create({ 'upload-length': length })).status).toBe(400)
  })

  it('wants a length, or that it comes later, and not both', async () => {
    expect((await tus.create({})).status).toBe(400)
    expect((await tus.create({ 'upload-length': '5', 'upload-defer-length': '1' })).status).toBe(400)
    expect((await tus.create({ 'upload-defer-length': '2' })).status).toBe(400)
  })

  it('refuses what is larger than it may be, before a byte has come', async () => {
    expect(await codeOf(await tus.create({ 'upload-length': '1000001' }))).toEqual({
      status: 413,
      code: 'UPLOAD_TOO_LARGE',
    })
  })

  it('refuses more bytes than were announced, and keeps none of them', async () => {
    const file = ownVideo()
    const address = await begin(file.subarray(0, 5000))
    expect(await codeOf(await tus.patch(address, { offset: 0, body: file }))).toEqual({
      status: 413,
      code: 'UPLOAD_LONGER_THAN_SAID',
    })
    expect(await offsetOf(address)).toBe(0)
  })

  it('refuses a length that was deferred and is a lie', async () => {
    const made = await tus.create({ 'upload-defer-length': '1' })
    const address = made.headers.get('location') ?? ''
    const first = await tus.patch(address, { offset: 0, body: Buffer.alloc(600_000, 1) })
    expect(first.status).toBe(204)
    const second = await tus.patch(address, { offset: 600_000, body: Buffer.alloc(600_000, 1) })
    expect(await codeOf(second)).toEqual({ status: 413, code: 'UPLOAD_TOO_LARGE' })
    expect(await show(address)).toMatchObject({ status: 'refused', error: { code: 'UPLOAD_TOO_LARGE' } })
    expect(await filesIn('receiving')).not.toContain(`${address.split('/').at(-1)}.part`)
    expect((await tus.head(address)).status).toBe(410)
  })

  it('refuses metadata that is none', async () => {
    for (const bad of [
      'filename !!!',
      'filename a b',
      'a YQ==,a YQ==',
      'filename YQ',
      ', ,',
      `filename ${Buffer.from([0xff, 0xfe, 0xfd]).toString('base64')}`,
    ])
      expect([bad, (await tus.create({ 'upload-length': '5', 'upload-metadata': bad })).status]).toEqual([bad, 400])
    const large = await tus.create({ 'upload-length': '5', 'upload-metadata': `filename ${'A'.repeat(12_400)}` })
    expect(large.status).toBe(400)
    const huge = await tus
      .create({ 'upload-length': '5', 'upload-metadata': `filename ${'A'.repeat(1_000_000)}` })
      .catch(() => ({ status: 431 }))
    expect(huge.status).toBe(431)
    expect((await fetch(`${server}/health/live`)).status).toBe(200)
  })

  it('refuses wishes that make no sense before a byte has come', async () => {
    for (const settings of [
      'nonsense',
      '[]',
      '{"count": 0}',
      '{"cuont": 3}',
      '{"path": "/etc/passwd"}',
      '{"minSeconds": 50, "maxSeconds": 20}',
    ]) {
      const made = await tus.create({ 'upload-length': '5', 'upload-metadata': metadata({ settings }) })
      expect([settings, await codeOf(made)]).toEqual([settings, { status: 400, code: 'BAD_REQUEST' }])
    }
  })

  it('speaks tus 1.0.0 alone', async () => {
    const response = await fetch(`${server}/api/v1/uploads`, { method: 'POST', headers: { 'tus-resumable': '0.2.2' } })
    expect(response.headers.get('tus-version')).toBe('1.0.0')
    expect(await codeOf(response)).toEqual({ status: 412, code: 'TUS_VERSION_NOT_TAKEN' })
  })

  it('lets the newer of two requests go on, and both can be repeated', async () => {
    const file = ownVideo()
    const address = await begin(file)
    const pieces = [0, 1].map(() => tus.patch(address, { offset: 0, body: file }))
    const statuses = (await Promise.all(pieces)).map(({ status }) => status)
    for (const status of statuses) expect([204, 409, 423]).toContain(status)
    const offset = await offsetOf(address)
    if (offset < file.length) await tus.patch(address, { offset, body: file.subarray(offset) })
    expect(await show(address)).toMatchObject({ status: 'begun' })
  })

  it('joins only whole parts, each once', async () => {
    const file = ownVideo()
    const part =
      (await tus.create({ 'upload-length': '5000', 'upload-concat': 'partial' })).headers.get('location') ?? ''
    const join = (list: string) => tus.create({ 'upload-concat': `final;${list}` })
    expect(await codeOf(await join(part))).toEqual({ status: 409, code: 'UPLOAD_PARTS_UNUSABLE' })
    await tus.patch(part, { offset: 0, body: file.subarray(0, 5000) })
    expect((await join(`${part} ${part}`)).status).toBe(409)
    expect((await join('/api/v1/uploads/00000000-0000-4000-8000-000000000000')).status).toBe(409)
    expect((await join('../../etc/passwd')).status).toBe(400)
    expect((await tus.head(part)).headers.get('upload-concat')).toBe('partial')
  })

  it('does not give back what has become a recording', async () => {
    const address = await byClient(ownVideo())
    expect(await codeOf(await tus.remove(address))).toEqual({ status: 409, code: 'UPLOAD_FINISHED' })
  })

  it('knows nothing of other ids', async () => {
    const address = '/api/v1/uploads/00000000-0000-4000-8000-000000000000'
    expect((await tus.head(address)).status).toBe(404)
    expect(await codeOf(await tus.patch(address, { offset: 0, body: Buffer.alloc(1) }))).toEqual({
      status: 404,
      code: 'UPLOAD_NOT_FOUND',
    })
    expect((await tus.head('/api/v1/uploads/..%2f..%2fetc%2fpasswd')).status).toBe(400)
  })
})

it('lists uploads page by page, without parts', async () => {
  const seen: string[] = []
  let next: string | null = ''
  while (next !== null) {
    const page = await test.app.inject({ url: `/api/v1/uploads?limit=5${next === '' ? '' : `&cursor=${next}`}` })
    const body: { items: { id: string }[]; next: string | null } = page.json()
    seen.push(...body.items.map(({ id }) => id))
    next = body.next
  }
  expect(seen.length).toBeGreaterThan(10)
  expect(new Set(seen).size).toBe(seen.length)
})
