import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { makeTar } from '../../test/support/make-archives.ts'
import { openRudeServer, type RudeServer, serveFile } from '../../test/support/rude-server.ts'
import { seededRandom } from '../domain/seeded-random.ts'
import { createNetworkGuard } from '../network/network-guard.ts'
import { openWebClient } from '../network/web-client.ts'
import { downloadModel, type ModelDownloadRequest, type ModelProgress } from './download-model.ts'
import { importModel } from './import-model.ts'
import { installedModel, installedModels } from './installed-models.ts'
import { knownModels, type ModelEntry } from './model-manifest.ts'
import { removeModel } from './remove-model.ts'

const { signal } = new AbortController()
const client = openWebClient({ guard: createNetworkGuard({ allowed: ['127.0.0.1'] }) })
// Larger than one packet, so that it can be cut; and nothing that packs well.
const random = seededRandom(1)
const weights = Buffer.from(Array.from({ length: 200_000 }, () => Math.floor(random() * 256)))
const archive = gzipSync(
  makeTar([
    { name: 'm/model.onnx', content: weights },
    { name: 'm/tokens.txt', content: 'a 0' },
  ]),
)
const sha256 = createHash('sha256').update(archive).digest('hex')

let root: string
let folder: string
let server: RudeServer
let answer: Parameters<typeof openRudeServer>[0]
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'clipwright-models-test-'))
  server = await openRudeServer((request, response, nth) => answer(request, response, nth))
})
afterAll(async () => {
  await client.close()
  await server.close()
  await rm(root, { recursive: true })
})
beforeEach(async () => {
  folder = await mkdtemp(join(root, 'models-'))
  server.requests.length = 0
  answer = (request, response) => serveFile(request, response, { content: archive, etag: '"1"' })
})

function entryOf(changes: Partial<ModelEntry['downloads'][number]> = {}): ModelEntry {
  return {
    name: 'tiny',
    task: 'hear',
    goodFor: 'tests',
    licence: 'MIT',
    licenceUrl: 'https://example.org/licence',
    languages: ['en'],
    rank: 1,
    downloads: [
      { url: `${server.origin}/m.tar.gz`, bytes: archive.length, sha256, unpack: 'tar.gz', strip: 1, ...changes },
    ],
    unpackedBytes: 300_000,
    files: { encoder: 'model.onnx', tokens: 'tokens.txt' },
  }
}

const get = (entry: ModelEntry, changes: Partial<ModelDownloadRequest> = {}) =>
  downloadModel({ entry, folder, client, acceptUnverified: false, signal, wait: async () => undefined, ...changes })
const visible = async () => (await readdir(folder)).filter((name) => !['.incoming', '.first-seen.json'].includes(name))

describe('the manifest', () => {
  test('is sound: names once, a best one for each task, nothing that could not be unpacked', () => {
    const models = knownModels()
    expect(new Set(models.map(({ name }) => name)).size).toBe(models.length)
    expect(new Set(models.map(({ task }) => task))).toEqual(new Set(['hear', 'speakers', 'punctuate', 'faces']))
    for (const { downloads, files, task, engine } of models) {
      for (const { bytes, sha256: sum } of downloads) expect(bytes === null).toBe(sum === null)
      expect(engine !== undefined).toBe(task === 'hear')
      expect(Object.keys(files).length).toBeGreaterThan(0)
    }
  })
})

describe('downloading', () => {
  test('unpacks what is needed, says how far it is, and is not done twice', async () => {
    const progress: ModelProgress[] = []
    const model = await get(entryOf(), { onProgress: (one) => progress.push(one) })
    expect(model).toMatchObject({ problem: null, record: { verified: true, sha256: { 'm.tar.gz': sha256 } } })
    expect(await readFile(model.files['encoder'] ?? '')).toEqual(weights)
    expect(progress.find(({ phase }) => phase === 'downloading')?.totalBytes).toBe(archive.length)
    expect(progress.at(-1)).toMatchObject({ phase: 'unpacking', fraction: 1 })
    expect(await visible()).toEqual(['tiny'])
    expect(await readdir(join(folder, '.incoming'))).toEqual([])
    await get(entryOf())
    expect(server.requests).toHaveLength(1)
  })

  test('a server that cuts: it goes on where it was', async () => {
    answer = (request, response, nth) =>
      serveFile(request, response, { content: archive, etag: '"1"', cutAfter: nth < 2 ? 40_000 : undefined })
    await get(entryOf())
    expect(server.requests.length).toBe(3)
    expect(server.requests[1]?.range).toMatch(/^bytes=[1-9]\d*-$/)
    expect(server.requests[1]?.headers['if-range']).toBe('"1"')
  })

  test('a server that lies about the length, and one that serves another file', async () => {
    answer = (_request, response) => response.writeHead(200, { 'content-length': String(archive.length + 5) }).end()
    await expect(get(entryOf())).rejects.toMatchObject({ code: 'MODEL_CHANGED' })
    const other = Buffer.from(archive)
    other[500] = (other[500] ?? 0) ^ 1
    answer = (request, response) => serveFile(request, response, { content: other })
    await expect(get(entryOf())).rejects.toMatchObject({
      code: 'MODEL_CHANGED',
      message: expect.stringContaining('published'),
    })
    expect(await visible()).toEqual([])
    expect(await readdir(join(folder, '.incoming'))).toEqual([])
  })

  test('a file that changes between two pieces is fetched anew', async () => {
    const older = Buffer.alloc(archive.length, 1)
    answer = (request, response, nth) =>
      nth === 0
        ? serveFile(request, response, { content: older, etag: '"0"', cutAfter: 30_000 })
        : serveFile(request, response, { content: archive, etag: '"1"' })
    await get(entryOf())
    expect(installedModel(folder, entryOf())?.problem).toBeNull()
  })

  test('an archive without the files is refused, and leaves nothing in place', async () => {
    const empty = gzipSync(makeTar([{ name: 'm/readme.md', content: 'hello' }]))
    answer = (request, response) => serveFile(request, response, { content: empty })
    const entry = entryOf({ bytes: empty.length, sha256: createHash('sha256').update(empty).digest('hex') })
    await expect(get(entry)).rejects.toMatchObject({
      code: 'MODEL_ARCHIVE_REFUSED',
      message: expect.stringContaining('there is no file model.onnx'),
    })
    expect(await visible()).toEqual([])
  })

  test('a disk without room is said before anything is fetched', async () => {
    await expect(get(entryOf(), { freeSpace: async () => 1000 })).rejects.toMatchObject({ code: 'NO_SPACE' })
    expect(server.requests).toEqual([])
  })

  test('a cancel keeps what has come, for the next time', async () => {
    const controller = new AbortController()
    answer = (request, response, nth) =>
      serveFile(request, response, { content: archive, etag: '"1"', cutAfter: nth === 0 ? 50_000 : undefined })
    const wait = async () => controller.abort(new Error('enough'))
    await expect(get(entryOf(), { signal: controller.signal, wait })).rejects.toThrow('enough')
    await get(entryOf())
    expect(server.requests.at(-1)?.range).toMatch(/^bytes=[1-9]/)
  })

  test('a mirror by http and by file', async () => {
    await get(entryOf({ url: 'https://nowhere.invalid/a/b/m.tar.gz' }), { baseUrl: `${server.origin}/mirror` })
    expect(server.requests[0]?.path).toBe('/mirror/m.tar.gz')
    await removeModel({ folder, entry: entryOf() })
    const place = await mkdtemp(join(root, 'mirror-'))
    await writeFile(join(place, 'm.tar.gz'), archive)
    const model = await get(entryOf(), { baseUrl: pathToFileURL(place).href })
    expect(model.record?.verified).toBe(true)
    expect(server.requests).toHaveLength(1)
    await removeModel({ folder, entry: entryOf() })
    await writeFile(join(place, 'm.tar.gz'), 'something else')
    await expect(get(entryOf(), { baseUrl: pathToFileURL(place).href })).rejects.toMatchObject({
      code: 'MODEL_CHANGED',
    })
  })

  test('two at once: one gets it, the other is told', async () => {
    const results = await Promise.allSettled([get(entryOf()), get(entryOf())])
    expect(results.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected'])
    expect(results.find((result) => result.status === 'rejected')?.reason).toMatchObject({ code: 'MODEL_BUSY' })
  })
})

describe('without a published checksum', () => {
  const entry = () => entryOf({ bytes: null, sha256: null })

  test('it asks first, keeps what came, and refuses another one', async () => {
    await expect(get(entry())).rejects.toMatchObject({ code: 'MODEL_UNVERIFIED' })
    expect(server.requests).toEqual([])
    const model = await get(entry(), { acceptUnverified: true })
    expect(model.record?.verified).toBe(false)
    await removeModel({ folder, entry: entry() })
    // Known now: it need not be asked for again, and nothing else is taken.
    await get(entry())
    await removeModel({ folder, entry: entry() })
    answer = (request, response) => serveFile(request, response, { content: Buffer.from('evil'.repeat(100)) })
    await expect(get(entry(), { acceptUnverified: true })).rejects.toMatchObject({
      code: 'MODEL_CHANGED',
      message: expect.stringContaining('the first time'),
    })
  })
})

test('what was refused as a model is no pattern for what comes next', async () => {
  const entry = entryOf({ bytes: null, sha256: null })
  answer = (request, response) =>
    serveFile(request, response, { content: gzipSync(makeTar([{ name: 'm/x', content: 'x' }])) })
  await expect(get(entry, { acceptUnverified: true })).rejects.toMatchObject({ code: 'MODEL_ARCHIVE_REFUSED' })
  expect(await readdir(join(folder, '.incoming'))).toEqual([])
  answer = (request, response) => serveFile(request, response, { content: archive })
  expect((await get(entry, { acceptUnverified: true })).problem).toBeNull()
})

describe('importing', () => {
  test('the archive itself, told by its name', async () => {
    const path = join(await mkdtemp(join(root, 'import-')), 'm.tar.gz')
    await writeFile(path, archive)
    const model = await importModel({ path, folder, models: [entryOf()], acceptUnverified: false, signal })
    expect(model.record).toMatchObject({ verified: true, from: path })
    expect(existsSync(path)).toBe(true)
    await writeFile(path, 'tampered')
    await expect(
      importModel({ path, folder, models: [entryOf()], acceptUnverified: true, signal }),
    ).rejects.toMatchObject({
      code: 'MODEL_CHANGED',
    })
  })

  test('a folder of its files asks first, since they have no checksum', async () => {
    const path = await mkdtemp(join(root, 'import-'))
    await writeFile(join(path, 'model.onnx'), weights)
    await writeFile(join(path, 'tokens.txt'), 'a 0')
    const request = { path, folder, models: [entryOf()], signal }
    await expect(importModel({ ...request, acceptUnverified: false })).rejects.toMatchObject({
      code: 'MODEL_UNVERIFIED',
    })
    const model = await importModel({ ...request, acceptUnverified: true })
    expect(model).toMatchObject({ problem: null, record: { verified: false } })
    expect(await visible()).toEqual(['tiny'])
  })

  test('what is no model is refused, with a way out', async () => {
    const path = await mkdtemp(join(root, 'import-'))
    await writeFile(join(path, 'holiday.jpg'), 'x')
    const request = { folder, models: [entryOf()], acceptUnverified: true, signal }
    await expect(importModel({ ...request, path })).rejects.toMatchObject({ code: 'MODEL_ARCHIVE_REFUSED' })
    await expect(importModel({ ...request, path: join(path, 'gone') })).rejects.toMatchObject({
      code: 'MODEL_FILE_NOT_FOUND',
    })
    await expect(importModel({ ...request, path, name: 'other' })).rejects.toMatchObject({ code: 'MODEL_UNKNOWN' })
  })

  test('a single file goes to its place', async () => {
    const face = {
      ...entryOf({ unpack: 'none', bytes: 4, url: `${server.origin}/face.onnx`, sha256: null }),
      task: 'faces' as const,
    }
    const entry = { ...face, files: { model: 'face.onnx' }, place: 'face.onnx' }
    const path = join(await mkdtemp(join(root, 'import-')), 'face.onnx')
    await writeFile(path, 'face')
    await importModel({ path, folder, models: [entry], acceptUnverified: true, signal })
    expect(await readFile(join(folder, 'face.onnx'), 'utf8')).toBe('face')
    expect(await visible()).toEqual(['face.onnx', 'face.onnx.json'])
    expect(await removeModel({ folder, entry })).toBe(4)
    expect(await visible()).toEqual([])
  })
})

describe('what is there', () => {
  test('a file that is missing or has another length is said', async () => {
    const model = await get(entryOf())
    await writeFile(model.files['tokens'] ?? '', 'changed')
    expect(installedModel(folder, entryOf())?.problem).toBe('its file tokens.txt has changed')
    await rm(model.files['encoder'] ?? '')
    expect(installedModels(folder, [entryOf()])[0]?.problem).toBe('its file model.onnx is missing')
    // And is mended by getting it again.
    expect((await get(entryOf())).problem).toBeNull()
  })

  test('a folder without its record is no model, and is replaced', async () => {
    await mkdir(join(folder, 'tiny'))
    await writeFile(join(folder, 'tiny', 'model.onnx'), 'half')
    expect(installedModel(folder, entryOf())).toBeNull()
    expect((await get(entryOf())).problem).toBeNull()
  })

  test('what an attempt that was killed left behind goes with the next one', async () => {
    await mkdir(join(folder, '.tiny.new-abc'))
    await get(entryOf())
    expect(await visible()).toEqual(['tiny'])
  })

  test('removing what is not there is said', async () => {
    await expect(removeModel({ folder, entry: entryOf() })).rejects.toMatchObject({ code: 'MODEL_NOT_INSTALLED' })
  })
})
