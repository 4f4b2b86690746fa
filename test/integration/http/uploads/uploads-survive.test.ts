import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { createConnection } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Upload } from 'tus-js-client'
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest'
import type { Database } from '../../../../src/database/connect.ts'
import { closeRun } from '../../../../src/library/runs.store.ts'
import { databaseUrlOf } from '../../../support/database-url.ts'
import { makeVideo } from '../../../support/make-media.ts'
import { freePort, type ServeProcess, startServing } from '../../../support/serve-process.ts'
import { storedSamples } from '../../../support/stored-samples.ts'
import { temporaryDatabase } from '../../../support/temporary-database.ts'
import { metadata, tusByHand } from '../../../support/tus-by-hand.ts'

// Real processes that are killed, on a real database: what was received is there when they come back.

let database: Database
let data: string
let port: number
let video: Buffer
let server: ServeProcess
let number = 0

beforeAll(async () => {
  database = await temporaryDatabase()
  data = await mkdtemp(join(tmpdir(), 'clipwright-uploads-'))
  port = await freePort()
  video = await readFile(await makeVideo({ seconds: 5, scenes: [2, 3] }))
  // A library that is not empty gets no demo.
  const id = await storedSamples(database).newRun()
  await closeRun(database.kysely, { id, status: 'done', error: null })
})
afterEach(() => server.destroy())
afterAll(async () => {
  await database.close()
  await rm(data, { recursive: true, force: true })
})

const serve = async (env: Record<string, string> = {}) => {
  server = await startServing({ port, env: { CLIPWRIGHT_DATA: data, DATABASE_URL: databaseUrlOf(database), ...env } })
}
const ask = async <Body>(path: string): Promise<Body> => (await (await fetch(new URL(path, server.url))).json()) as Body

/** The video with a content of its own: bytes in a `free` box are let be (ISO/IEC 14496-12, 8.1.2). */
function ownVideo({ of = video, padding = 16 } = {}): Buffer {
  number += 1
  const free = Buffer.alloc(padding, 1)
  free.writeUInt32BE(padding, 0)
  free.write('free', 4)
  free.writeDoubleBE(number + Math.random(), 8)
  return Buffer.concat([of, free])
}

// Of a picture that has this shape already nothing is made anew: the copy costs little.
const short = { count: 1, minSeconds: 3, maxSeconds: 10, languageModel: false, aspect: '16:9', captions: 'none' }
const srt =
  '1\n00:00:00,300 --> 00:00:02,400\nNine podcasts out of ten stop early.\n\n' +
  '2\n00:00:02,500 --> 00:00:04,700\nPlan ten episodes before the first!\n'

interface View {
  status: string
  offset: number
  runId: string
  says: string
}

async function ended(runId: string): Promise<string> {
  for (;;) {
    const { status } = await ask<{ status: string }>(`/api/v1/runs/${runId}`)
    if (status !== 'working') return status
    await new Promise((resolve) => setTimeout(resolve, 250))
  }
}

/** An upload by tus-js-client, which goes on by itself when the server comes back. */
function byClient(file: Buffer, fields: Record<string, string>, onPiece?: (sent: number) => void): Promise<string> {
  return new Promise((resolve, reject) => {
    const upload = new Upload(file, {
      endpoint: `${server.url}/api/v1/uploads`,
      metadata: fields,
      chunkSize: onPiece ? 20_000 : Infinity,
      retryDelays: Array.from({ length: 240 }, () => 500),
      onChunkComplete: (_, sent) => onPiece?.(sent),
      onError: reject,
      onSuccess: () => resolve(new URL(upload.url ?? '').pathname),
    })
    upload.start()
  })
}

it('a client goes on where it was when the server is killed between two pieces', async () => {
  await serve()
  let killed: Promise<void> | undefined
  const file = ownVideo({ padding: 100_000 })
  const fields = { filename: 'killed.mp4', settings: JSON.stringify(short) }
  const address = await byClient(file, fields, (sent) => {
    if (sent >= 40_000) killed ??= server.kill().then(() => serve())
  })
  expect(killed).toBeDefined()
  await killed
  expect(await ask(address)).toMatchObject({ status: 'begun', length: file.length })
})

it('what was kept of a piece that was cut by the kill is there, and nothing is doubled', async () => {
  await serve()
  const file = ownVideo({ padding: 500_000 })
  const fields = { 'upload-length': String(file.length), 'upload-metadata': metadata({ filename: 'cut.mp4' }) }
  const address = (await tusByHand(server.url).create(fields)).headers.get('location') ?? ''
  const socket = createConnection({ host: '127.0.0.1', port })
  socket.on('error', () => undefined)
  const lines = ['Host: localhost', 'Tus-Resumable: 1.0.0', 'Upload-Offset: 0', `Content-Length: ${file.length}`]
  socket.write(
    `PATCH ${address} HTTP/1.1\r\n${lines.join('\r\n')}\r\nContent-Type: application/offset+octet-stream\r\n\r\n`,
  )
  let sent = 0
  while ((await ask<View>(address)).offset === 0) {
    expect(sent).toBeLessThan(file.length - 5000)
    socket.write(file.subarray(sent, sent + 5000))
    sent += 5000
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
  const { offset: known } = await ask<View>(address)
  await server.kill()
  socket.destroy()
  await serve()
  const tus = tusByHand(server.url)
  const offset = Number((await tus.head(address)).headers.get('upload-offset'))
  expect(offset).toBeGreaterThanOrEqual(known)
  expect((await tus.patch(address, { offset, body: file.subarray(offset) })).status).toBe(204)
  const { contentHash }: { contentHash: string } = await ask(address)
  expect((await readFile(join(data, 'uploads', contentHash))).equals(file)).toBe(true)
})

it('a whole file whose run had not begun gets its run after the kill, once', async () => {
  await serve({ MAX_QUEUE_SIZE: '100' })
  const room = await ask<{ queue: { unfinished: number } }>('/api/v1/uploads/limits')
  await server.kill()
  // One more place than is taken.
  await serve({ MAX_QUEUE_SIZE: String(room.queue.unfinished + 1) })
  const file = ownVideo()
  const tus = tusByHand(server.url)
  const fields = {
    'upload-length': String(file.length),
    'upload-metadata': metadata({ settings: JSON.stringify(short) }),
  }
  const address = (await tus.create(fields)).headers.get('location') ?? ''
  const filler = await storedSamples(database).newRun()
  const last = await tus.patch(address, { offset: 0, body: file })
  expect([last.status, last.headers.get('location')]).toEqual([204, null])
  expect(await ask(address)).toMatchObject({ status: 'whole', says: 'waiting for room in the queue', runId: null })
  const refused = await tus.create(fields)
  expect([refused.status, refused.headers.get('retry-after'), await refused.json()]).toMatchObject([
    429,
    expect.stringMatching(/^\d+$/),
    { code: 'QUEUE_FULL' },
  ])
  const { full } = await ask<{ full: { code: string }[] }>('/api/v1/uploads/limits')
  expect(full.map(({ code }) => code)).toEqual(['QUEUE_FULL'])
  await server.kill()
  await closeRun(database.kysely, { id: filler, status: 'done', error: null })
  await serve()
  await expect.poll(() => ask<View>(address)).toMatchObject({ status: 'begun' })
  const { runId } = await ask<View>(address)
  const runs = await database.kysely
    .selectFrom('runs')
    .select('id')
    .where('settings', '@>', JSON.stringify({ title: 'recording' }) as never)
    .execute()
  expect(runs.map(({ id }) => id)).toEqual([runId])
})

it('twenty at once all arrive, and all their runs are done', { timeout: 1_200_000 }, async () => {
  await serve()
  const of = await readFile(await makeVideo({ seconds: 5, scenes: [2, 3], width: 1280, height: 720 }))
  const settings = JSON.stringify(short)
  const byForm = async (n: number) => {
    const form = new FormData()
    form.set('settings', settings)
    form.set('recording', new Blob([new Uint8Array(ownVideo({ of }))]), `form ${n}.mp4`)
    form.set('transcript', new Blob([srt]), `form ${n}.srt`)
    const response = await fetch(`${server.url}/api/v1/recordings`, { method: 'POST', body: form })
    expect(response.status).toBe(202)
    return ((await response.json()) as { runId: string }).runId
  }
  const byTus = async (n: number) => {
    const transcript = await byClient(Buffer.from(srt), { filename: `tus ${n}.srt`, kind: 'transcript' })
    const id = transcript.split('/').at(-1) ?? ''
    const address = await byClient(ownVideo({ of }), { filename: `tus ${n}.mp4`, settings, transcript: id })
    return (await ask<View>(address)).runId
  }
  const runs = await Promise.all(Array.from({ length: 20 }, (_, n) => (n % 2 === 0 ? byForm(n) : byTus(n))))
  expect(new Set(runs).size).toBe(20)
  expect(await Promise.all(runs.map(ended))).toEqual(Array(20).fill('done'))
  const after = await ask<{ items: { title: string; clips: number }[] }>('/api/v1/recordings?limit=200')
  const sent = after.items.filter(({ title }) => /^(?:form|tus) \d+$/.test(title))
  expect(sent).toHaveLength(20)
  expect(sent.filter(({ clips }) => clips === 0)).toEqual([])
  expect(await readdir(join(data, 'uploads', 'receiving'))).toEqual([])
})
