import { createHash } from 'node:crypto'
import { readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { findFileHash } from '../../../../src/library/file-hashes.store.ts'
import { getRun } from '../../../../src/library/runs.store.ts'
import { identifyFile } from '../../../../src/pipeline/source-file.ts'
import { appForTest, type TestApp } from '../../../support/app-for-test.ts'
import { makeZip } from '../../../support/make-archives.ts'
import { makeAudio, makePicture, makeVideo, mediaFolder } from '../../../support/make-media.ts'
import { metadata, type TusByHand, tusByHand } from '../../../support/tus-by-hand.ts'

let test: TestApp
let server: string
let tus: TusByHand
let video: Buffer

beforeAll(async () => {
  test = await appForTest()
  server = await test.app.listen({ host: '127.0.0.1', port: 0 })
  tus = tusByHand(server)
  video = await readFile(await makeVideo({ seconds: 2 }))
})
afterAll(() => test.close())

const uploads = () => join(test.clipwright.dataFolder, 'uploads')
const received = () => readdir(join(uploads(), 'receiving')).catch(() => [])

interface Sent {
  response: Response
  address: string
}

async function send(file: Buffer, fields: Record<string, string> = { filename: 'talk.mp4' }): Promise<Sent> {
  const made = await tus.create({ 'upload-length': String(file.length), 'upload-metadata': metadata(fields) })
  const address = made.headers.get('location') ?? ''
  if (made.status !== 201 || file.length === 0) return { response: made, address }
  return { response: await tus.patch(address, { offset: 0, body: file }), address }
}

const show = async <View>(address: string): Promise<View> =>
  (await (await fetch(new URL(address, server))).json()) as View

function form(parts: Record<string, string | { bytes: Buffer; name: string }>): FormData {
  const data = new FormData()
  for (const [field, value] of Object.entries(parts)) {
    if (typeof value === 'string') data.set(field, value)
    else data.set(field, new Blob([new Uint8Array(value.bytes)]), value.name)
  }
  return data
}
const post = (body: FormData, headers = {}) => fetch(`${server}/api/v1/recordings`, { method: 'POST', body, headers })

const srt = '1\n00:00:00,000 --> 00:00:01,000\nHello there.\n'

describe('what is no recording is refused, and its bytes go', () => {
  const secret = async () => {
    const path = join(mediaFolder(), 'secret.mp4')
    await writeFile(path, video)
    return path
  }
  it.each<[string, string, () => Promise<Buffer>]>([
    ['a ZIP archive', 'MEDIA_WRONG_TYPE', async () => makeZip([{ name: 'a.txt', content: 'x'.repeat(5000) }])],
    ['a ZIP bomb', 'MEDIA_WRONG_TYPE', async () => makeZip([{ name: 'bomb', content: Buffer.alloc(300_000) }])],
    ['a web page', 'MEDIA_WRONG_TYPE', async () => Buffer.from('<!DOCTYPE html><html><body>404</body></html>')],
    ['a program', 'MEDIA_WRONG_TYPE', async () => Buffer.concat([Buffer.from('MZ'), Buffer.alloc(600, 7)])],
    ['a picture', 'MEDIA_WRONG_TYPE', async () => readFile(await makePicture('png'))],
    ['a photo', 'MEDIA_WRONG_TYPE', async () => readFile(await makePicture('jpg'))],
    ['text', 'MEDIA_UNREADABLE', async () => Buffer.from('Nothing but words. '.repeat(100))],
    ['noise', 'MEDIA_UNREADABLE', async () => Buffer.from(Array.from({ length: 9000 }, (_, i) => (i * 7919) % 251))],
    ['half a video', 'MEDIA_UNREADABLE', async () => video.subarray(0, 3000)],
    ['half a second', 'MEDIA_TOO_SHORT', async () => readFile(await makeVideo({ seconds: 0.4, audio: 'none' }))],
    [
      'an HLS playlist',
      'MEDIA_WRONG_TYPE',
      async () =>
        Buffer.from(`#EXTM3U\n#EXT-X-TARGETDURATION:2\n#EXTINF:2,\nfile://${await secret()}\n#EXT-X-ENDLIST\n`),
    ],
    [
      'an ffconcat list',
      'MEDIA_WRONG_TYPE',
      async () => Buffer.from(`ffconcat version 1.0\nfile '${await secret()}'\n`),
    ],
    ['a list of files', 'MEDIA_WRONG_TYPE', async () => Buffer.from(`file '${await secret()}'\n`)],
    [
      'a list behind a remark',
      'MEDIA_UNREADABLE',
      async () => Buffer.from(`# ${'x'.repeat(2000)}\nffconcat version 1.0\nfile ${await secret()}\n`),
    ],
    [
      'a DASH manifest',
      'MEDIA_WRONG_TYPE',
      async () => Buffer.from(`<?xml version="1.0"?>\n<MPD><BaseURL>${await secret()}</BaseURL></MPD>`),
    ],
  ])('%s', async (_, code, make) => {
    const { response, address } = await send(await make())
    expect(response.status).toBe(422)
    const problem = (await response.json()) as { code: string; title: string }
    expect(['MEDIA_NOT_ALLOWED', code]).toContain(problem.code)
    // Named as its sender does; nothing of our folders.
    expect(problem.title).toContain('talk.mp4')
    expect(problem.title).not.toContain(test.clipwright.dataFolder)
    expect(await show(address)).toMatchObject({ status: 'refused', runId: null, error: { code: problem.code } })
    expect(await received()).toEqual([])
    expect((await tus.head(address)).status).toBe(410)
    const events = await test.app.inject({ url: '/api/v1/events?after=0' })
    expect(events.body).toContain(address.split('/').at(-1))
  })

  it('an empty file', async () => {
    const { response } = await send(Buffer.alloc(0))
    expect([response.status, await response.json()]).toMatchObject([422, { code: 'MEDIA_EMPTY' }])
    expect(await received()).toEqual([])
  })

  it('a recording by another name is one', async () => {
    const { response, address } = await send(await readFile(await makeAudio({ seconds: 2 })), { filename: 'notes.exe' })
    expect(response.status).toBe(204)
    expect(await show(address)).toMatchObject({ status: 'begun', title: 'notes' })
  })
})

/** An mp4 whose samples are said to lie in another file (ISO/IEC 14496-12, 8.7.2: `url ` without the flag "self-contained"). */
function pointingElsewhere(mp4: Buffer, elsewhere: string): Buffer {
  const url = Buffer.concat([Buffer.from('url \0\0\0\0', 'latin1'), Buffer.from(`file://${elsewhere}\0`)])
  const at = mp4.indexOf('url ') - 4
  const grown = Buffer.alloc(4)
  grown.writeUInt32BE(url.length + 4)
  const more = url.length + 4 - mp4.readUInt32BE(at)
  const changed = Buffer.concat([mp4.subarray(0, at), grown, url, mp4.subarray(at + mp4.readUInt32BE(at))])
  for (const box of ['moov', 'trak', 'mdia', 'minf', 'dinf', 'dref']) {
    const place = changed.indexOf(box) - 4
    changed.writeUInt32BE(changed.readUInt32BE(place) + more, place)
  }
  // Its own samples are gone.
  const samples = changed.indexOf('mdat')
  changed.fill(0, samples + 4, changed.indexOf('moov') > samples ? changed.indexOf('moov') - 4 : changed.length)
  return changed
}

it('an mp4 that points at another file shows nothing of it', async () => {
  const silent = await readFile(await makeVideo({ seconds: 2, audio: 'none' }))
  const elsewhere = join(mediaFolder(), 'elsewhere.mp4')
  await writeFile(elsewhere, silent)
  const { response, address } = await send(pointingElsewhere(silent, elsewhere))
  const view = await show<{ status: string; contentHash: string | null }>(address)
  // A build of ffmpeg may call it broken, or a video of nothing; either way what is kept is what was sent.
  if (response.status === 204) {
    const kept = await readFile(join(uploads(), view.contentHash ?? ''))
    const { frames } = await framesOf(join(uploads(), view.contentHash ?? ''))
    expect(kept.includes(silent.subarray(silent.indexOf('mdat') + 8, silent.indexOf('mdat') + 200))).toBe(false)
    expect(frames).toBe(0)
  } else expect(view.status).toBe('refused')
})

/** How many frames there are to see, the way every stage opens a file. */
async function framesOf(path: string): Promise<{ frames: number }> {
  const { createMedia } = await import('../../../../src/media/create-media.ts')
  const { mediaInput } = await import('../../../../src/media/media-input.ts')
  let bytes = 0
  const media = createMedia({ tools: test.clipwright.tools })
  await media
    .ffmpegBytes({
      args: [...mediaInput(path), '-f', 'rawvideo', '-pix_fmt', 'gray', '-s', '8x8', '-'],
      onBytes: (chunk: Uint8Array) => void (bytes += chunk.length),
    } as never)
    .catch(() => undefined)
  return { frames: bytes / 64 }
}

describe('names', () => {
  it.each([
    ['../../../etc/passwd.mp4', 'passwd', 'passwd.mp4'],
    ['..\\..\\windows\\talk.mp4', 'talk', 'talk.mp4'],
    ['a\u0000b\u0007\nc.mp4', 'ab c', 'ab c.mp4'],
    ['invoice\u202Egpj.exe', 'invoicegpj', 'invoicegpj.exe'],
    ['<img src=x onerror=alert(1)>.mp4', '<img src=x onerror=alert(1)>', '<img src=x onerror=alert(1)>.mp4'],
    ['...', 'recording', '...'],
    ['', 'recording', ''],
  ])('%j', async (filename, title, fileName) => {
    const { address } = await send(ownVideo(), { filename })
    expect(await show(address)).toMatchObject({ status: 'begun', title, fileName })
  })

  it('300 families are shortened, none of them torn', async () => {
    const family = '👨‍👩‍👧‍👦'
    const { address } = await send(ownVideo(), { filename: `${family.repeat(300)}.mp4` })
    const { title } = await show<{ title: string }>(address)
    expect(title).toBe(family.repeat(title.length / family.length))
    expect(title.length).toBeLessThanOrEqual(300)
    expect(title.length).toBeGreaterThan(family.length)
  })

  it('files are named by us alone', async () => {
    for (const name of await readdir(uploads()))
      expect(name).toMatch(/^(?:receiving|[0-9a-f]{64}(?:[\w.-]*\.(?:srt|txt))?)$/)
  })
})

let number = 0
function ownVideo(): Buffer {
  number += 1
  const free = Buffer.alloc(16)
  free.writeUInt32BE(16, 0)
  free.write('free', 4)
  free.writeDoubleBE(number + Math.random(), 8)
  return Buffer.concat([video, free])
}

describe('the same content', () => {
  it('twice at once and once more is one file', async () => {
    const file = ownVideo()
    const sent = await Promise.all([send(file), send(file), send(file, { filename: 'other.mp4' })])
    const again = await send(file)
    const views = await Promise.all(
      [...sent, again].map(({ address }) => show<{ contentHash: string; status: string; runId: string }>(address)),
    )
    const hash = createHash('sha256').update(file).digest('hex')
    for (const view of views) expect(view).toMatchObject({ status: 'begun', contentHash: hash })
    expect((await readdir(uploads())).filter((name) => name.startsWith(hash))).toEqual([hash])
    const path = join(uploads(), hash)
    expect(await findFileHash(test.clipwright.database.kysely, await identifyFile(path))).toBe(hash)
  })

  it('that is worked on with the same wishes has its run already', async () => {
    const file = ownVideo()
    const [first, second] = [await send(file), await send(file)]
    const [one, two] = [await show<{ runId: string }>(first.address), await show<{ runId: string }>(second.address)]
    expect(two.runId).toBe(one.runId)
  })
})

describe('a form', () => {
  it('sends a recording, its transcript and wishes at once', async () => {
    const parts = {
      settings: '{"count": 2, "mode": "viral"}',
      recording: { bytes: ownVideo(), name: 'A form.mp4' },
      transcript: { bytes: Buffer.from(srt), name: 'A form.en.srt' },
    }
    const response = await post(form(parts))
    expect(response.status).toBe(202)
    const { runId, uploadId } = (await response.json()) as { runId: string; uploadId: string }
    expect(response.headers.get('location')).toBe(`/api/v1/runs/${runId}`)
    const { settings } = await getRun(test.clipwright.database.kysely, runId)
    expect(settings).toMatchObject({ count: 2, mode: 'viral', title: 'A form' })
    const { transcriptPath } = settings as { transcriptPath: string }
    expect(transcriptPath).toMatch(/[0-9a-f]{64}\.en\.srt$/)
    expect(await readFile(transcriptPath, 'utf8')).toBe(srt)
    expect(await show(`/api/v1/uploads/${uploadId}`)).toMatchObject({ status: 'begun', runId })
  })

  it('takes wishes behind the file, too', async () => {
    const response = await post(
      form({ recording: { bytes: ownVideo(), name: 'x.mp4' }, settings: '{"count": 1}', title: 'My title' }),
    )
    const { runId } = (await response.json()) as { runId: string }
    expect((await getRun(test.clipwright.database.kysely, runId)).settings).toMatchObject({ count: 1, title: 'x' })
  })

  it.each<[string, number, string, () => Parameters<typeof form>[0]]>([
    ['without a file', 400, 'BAD_REQUEST', () => ({ settings: '{}' })],
    ['with unknown fields', 400, 'BAD_REQUEST', () => ({ colour: 'red', recording: { bytes: video, name: 'x.mp4' } })],
    [
      'with wishes that make no sense',
      400,
      'BAD_REQUEST',
      () => ({ settings: '{"count": 999}', recording: { bytes: video, name: 'x.mp4' } }),
    ],
    [
      'with wishes that make no sense behind the file',
      400,
      'BAD_REQUEST',
      () => ({ recording: { bytes: video, name: 'x.mp4' }, settings: '{"count": 999}' }),
    ],
    [
      'with an archive',
      422,
      'MEDIA_WRONG_TYPE',
      () => ({ recording: { bytes: makeZip([{ name: 'a', content: 'b' }]), name: 'x.mp4' } }),
    ],
    [
      'with a transcript that is none',
      422,
      'TRANSCRIPT_UNREADABLE',
      () => ({
        transcript: { bytes: Buffer.from('no times'), name: 'x.srt' },
        recording: { bytes: video, name: 'x.mp4' },
      }),
    ],
    [
      'with a transcript nobody sent',
      422,
      'UPLOAD_TRANSCRIPT_MISSING',
      () => ({ transcript: '00000000-0000-4000-8000-000000000000', recording: { bytes: video, name: 'x.mp4' } }),
    ],
  ])('%s is refused, and leaves nothing', async (_, status, code, make) => {
    const response = await post(form(make()))
    expect([response.status, await response.json()]).toMatchObject([status, { code }])
    expect(await received()).toEqual([])
  })

  it('that is cut leaves nothing', async () => {
    const stop = new AbortController()
    async function* half() {
      yield Buffer.from('--x\r\ncontent-disposition: form-data; name="recording"; filename="a.mp4"\r\n\r\n')
      yield video.subarray(0, 4000)
      while ((await received()).length === 0) await new Promise((resolve) => setTimeout(resolve, 20))
      stop.abort()
    }
    const headers = { 'content-type': 'multipart/form-data; boundary=x' }
    const options = { method: 'POST', headers, body: half(), duplex: 'half', signal: stop.signal }
    await expect(fetch(`${server}/api/v1/recordings`, options as unknown as RequestInit)).rejects.toThrow()
    await expect.poll(received).toEqual([])
  })

  it('asked twice with one key is done once', async () => {
    const file = ownVideo()
    const key = { 'idempotency-key': 'form-1' }
    const send2 = () => post(form({ recording: { bytes: file, name: 'x.mp4' } }), key)
    const [first, second] = [await send2(), await send2()]
    expect(second.headers.get('idempotent-replayed')).toBe('true')
    expect(await second.json()).toEqual(await first.json())
  })

  it('asks something else with a key that was used when anything of it differs', async () => {
    const [bytes, key] = [ownVideo(), { 'idempotency-key': 'form-2' }]
    const asked = { title: 'Talk', settings: '{"count":2}', recording: { bytes, name: 'x.mp4' } }
    const first = await post(form(asked), key)
    expect(first.status).toBe(202)
    const others = [
      { ...asked, title: 'Another' },
      { ...asked, settings: '{"count":3}' },
      { ...asked, recording: { bytes: ownVideo(), name: 'x.mp4' } },
      { ...asked, recording: { bytes, name: 'y.mp4' } },
      { ...asked, transcript: { bytes: Buffer.from(srt), name: 'x.srt' } },
    ]
    for (const other of others) {
      const answer = await post(form(other), key)
      expect([answer.status, await answer.json()]).toMatchObject([422, { code: 'KEY_USED_OTHERWISE' }])
    }
    // Nothing of them is kept, and the order of the parts is nothing that was asked.
    expect(await received()).toEqual([])
    const { recording, ...texts } = asked
    const again = await post(form({ recording, ...texts }), key)
    expect([again.headers.get('idempotent-replayed'), await again.text()]).toEqual(['true', await first.text()])
  })

  it('gives its key back when it is refused', async () => {
    const key = { 'idempotency-key': 'form-3' }
    const refused = await post(form({ recording: { bytes: Buffer.from('no video'), name: 'x.mp4' } }), key)
    expect(refused.status).toBe(422)
    expect((await post(form({ recording: { bytes: ownVideo(), name: 'x.mp4' } }), key)).status).toBe(202)
  })
})

describe('a transcript by tus', () => {
  it('goes first, and is named with the recording', async () => {
    const sent = await send(Buffer.from(srt), { filename: 'talk.srt', kind: 'transcript' })
    expect(sent.response.status).toBe(204)
    const id = sent.address.split('/').at(-1) ?? ''
    expect(await show(sent.address)).toMatchObject({ kind: 'transcript', status: 'whole' })
    const { address } = await send(ownVideo(), { filename: 'talk.mp4', transcript: id })
    const { runId } = await show<{ runId: string }>(address)
    const { settings } = await getRun(test.clipwright.database.kysely, runId)
    expect(settings).toMatchObject({ transcriptPath: expect.stringMatching(/\.srt$/) })
    expect(await show(sent.address)).toMatchObject({ status: 'begun', runId })
  })

  it('that two have sent stays when one is given up', async () => {
    const words = Buffer.from(srt.replace('Hello', 'Good day'))
    const [one, two] = [await send(words, { kind: 'transcript' }), await send(words, { kind: 'transcript' })]
    const hash = createHash('sha256').update(words).digest('hex')
    const kept = async () => (await readdir(uploads())).filter((name) => name.startsWith(hash))
    expect((await tus.remove(one.address)).status).toBe(204)
    expect(await kept()).toHaveLength(1)
    expect((await tus.remove(two.address)).status).toBe(204)
    expect(await kept()).toEqual([])
  })

  it('that is none is refused', async () => {
    const { response } = await send(video, { filename: 'talk.srt', kind: 'transcript' })
    expect([response.status, await response.json()]).toMatchObject([422, { code: 'TRANSCRIPT_UNREADABLE' }])
  })

  it('that nobody has sent, or not to its end, can not be named', async () => {
    const half = await tus.create({ 'upload-length': '5', 'upload-metadata': metadata({ kind: 'transcript' }) })
    const id = half.headers.get('location')?.split('/').at(-1) ?? ''
    for (const transcript of [id, '00000000-0000-4000-8000-000000000000']) {
      const { response } = await send(video, { transcript })
      expect([response.status, await response.json()]).toMatchObject([422, { code: 'UPLOAD_TRANSCRIPT_MISSING' }])
    }
    expect((await send(video, { transcript: '../x' })).response.status).toBe(400)
  })
})
