import { createHash, randomBytes } from 'node:crypto'
import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type Answer, openRudeServer, type RudeServer, rangeStart, serveFile } from '../../test/support/rude-server.ts'
import { AppError } from '../domain/app-error.ts'
import { type DownloadRequest, downloadFile } from './download-file.ts'
import { createNetworkGuard } from './network-guard.ts'
import { openWebClient, usualWebLimits, type WebClient, type WebLimits } from './web-client.ts'

const content = randomBytes(300_000)
const sha256 = createHash('sha256').update(content).digest('hex')
const etag = '"first"'

let folder: string
let client: WebClient
let server: RudeServer | null = null

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'clipwright-download-'))
  client = openWebClient({ guard: createNetworkGuard({ allowed: ['127.0.0.1'] }) })
})

afterEach(async () => {
  await client.close()
  await server?.close()
  server = null
  await rm(folder, { recursive: true, force: true })
})

async function serve(answer: Answer): Promise<string> {
  server = await openRudeServer(answer)
  return `${server.origin}/episode.mp3`
}

async function download(url: string, options: Partial<DownloadRequest> = {}) {
  return downloadFile({
    url,
    to: join(folder, 'media'),
    client,
    signal: new AbortController().signal,
    wait: async () => undefined,
    ...options,
  })
}

async function refusalOf(url: string, options: Partial<DownloadRequest> = {}): Promise<AppError> {
  const thrown = await download(url, options).then(
    () => expect.fail('it should have been refused'),
    (error: unknown) => error,
  )
  expect(thrown).toBeInstanceOf(AppError)
  return thrown as AppError
}

const filesLeft = () => readdir(folder)
const received = () => readFile(join(folder, 'media'))
const ranges = () => server?.requests.map(({ range }) => range)

it('downloads a file, and says what it is', async () => {
  const url = await serve((request, response) => serveFile(request, response, { content, etag }))
  const file = await download(url, { expectedBytes: content.length, sha256 })
  expect(file).toMatchObject({ bytes: content.length, sha256, etag, notes: [] })
  expect(await received()).toEqual(content)
  expect(await filesLeft()).toEqual(['media'])
})

it('downloads a file of nothing', async () => {
  const url = await serve((_, response) => response.writeHead(200, { 'content-length': '0' }).end())
  expect(await download(url)).toMatchObject({ bytes: 0 })
})

it('downloads what the server tells no length of', async () => {
  const url = await serve((_, response) => {
    response.write(content.subarray(0, 1000))
    response.end(content.subarray(1000))
  })
  await download(url)
  expect(await received()).toEqual(content)
})

it('reports how far it is, up to the end', async () => {
  const url = await serve((request, response) => serveFile(request, response, { content }))
  const reports: number[] = []
  await download(url, {
    onProgress: ({ receivedBytes, totalBytes }) => {
      expect(totalBytes).toBe(content.length)
      reports.push(receivedBytes)
    },
  })
  expect(reports).toEqual(reports.toSorted((a, b) => a - b))
  expect(reports.at(-1)).toBe(content.length)
})

describe('going on', () => {
  it.each([1, 700, 65_536, 150_000, content.length - 1])('goes on after a cut at byte %i', async (cutAfter) => {
    const url = await serve((request, response, nth) =>
      serveFile(request, response, { content, etag, cutAfter: nth === 0 ? cutAfter : undefined }),
    )
    await download(url, { sha256 })
    expect(await received()).toEqual(content)
    expect(ranges()).toEqual([null, `bytes=${cutAfter}-`])
  })

  it('goes on over many cuts, as long as each brings something', async () => {
    const url = await serve((request, response) => serveFile(request, response, { content, etag, cutAfter: 20_000 }))
    await download(url, { sha256 })
    expect(ranges()?.length).toBeGreaterThan(10)
  })

  it('gives up when nothing comes any more, keeps what came, and goes on from there', async () => {
    let broken = true
    const url = await serve((request, response, nth) => {
      if (nth > 0 && broken) request.socket.destroy()
      else serveFile(request, response, { content, etag, cutAfter: broken ? 100_000 : undefined })
    })
    expect(await refusalOf(url)).toMatchObject({ retry: 'later' })
    expect((await filesLeft()).toSorted()).toEqual(['media.part', 'media.part.json'])
    const { size } = await stat(join(folder, 'media.part'))
    expect(size).toBe(100_000)
    broken = false
    await download(url, { sha256 })
    expect(ranges()?.at(-1)).toBe(`bytes=${size}-`)
  })

  it('goes on by the date where there is no entity tag', async () => {
    const lastModified = 'Thu, 01 Jan 2026 00:00:00 GMT'
    const url = await serve((request, response, nth) =>
      serveFile(request, response, { content, lastModified, cutAfter: nth === 0 ? 90_000 : undefined }),
    )
    await download(url, { sha256 })
    expect(server?.requests[1]?.headers['if-range']).toBe(lastModified)
  })

  it('begins anew when the file has changed in between', async () => {
    const changed = randomBytes(280_000)
    const url = await serve((request, response, nth) =>
      nth === 0
        ? serveFile(request, response, { content, etag, cutAfter: 100_000 })
        : serveFile(request, response, { content: changed, etag: '"second"' }),
    )
    expect(await download(url)).toMatchObject({ etag: '"second"' })
    expect(await received()).toEqual(changed)
  })

  it('begins anew when the server goes on with another file although it was told not to', async () => {
    const changed = randomBytes(content.length)
    const url = await serve((request, response, nth) => {
      if (nth === 0) return serveFile(request, response, { content, etag, cutAfter: 100_000 })
      delete request.headers['if-range']
      serveFile(request, response, { content: changed, etag: '"second"' })
    })
    await download(url)
    expect(await received()).toEqual(changed)
  })

  it('begins anew when two halves do not have the checksum', async () => {
    const changed = randomBytes(content.length)
    const url = await serve((request, response, nth) => {
      if (nth === 0) return serveFile(request, response, { content: changed, etag, cutAfter: 100_000 })
      serveFile(request, response, { content, etag })
    })
    await download(url, { sha256 })
    expect(await received()).toEqual(content)
  })

  it('takes the whole file from a server that knows no ranges', async () => {
    const url = await serve((request, response, nth) => {
      delete request.headers.range
      serveFile(request, response, { content, etag, cutAfter: nth === 0 ? 100_000 : undefined })
    })
    await download(url, { sha256 })
    expect(await received()).toEqual(content)
  })

  it('does not go on where nothing tells that the file is the same', async () => {
    const url = await serve((request, response, nth) =>
      serveFile(request, response, { content, etag: 'W/"weak"', cutAfter: nth === 0 ? 100_000 : undefined }),
    )
    await download(url, { sha256 })
    expect(ranges()).toEqual([null, null])
  })

  it('begins anew after 416', async () => {
    const short = content.subarray(0, 50_000)
    const url = await serve((request, response, nth) => {
      if (nth === 0) return serveFile(request, response, { content, etag, cutAfter: 100_000 })
      serveFile(request, response, { content: short, etag })
    })
    await download(url)
    expect(await received()).toEqual(short)
  })

  it('begins anew when a range starts at another place', async () => {
    const url = await serve((request, response, nth) => {
      if (nth === 0) return serveFile(request, response, { content, etag, cutAfter: 100_000 })
      if (nth > 1) return serveFile(request, response, { content, etag })
      const from = (rangeStart(request) ?? 0) + 10
      response.writeHead(206, { etag, 'content-range': `bytes ${from}-${content.length - 1}/${content.length}` })
      response.end(content.subarray(from))
    })
    await download(url)
    expect(await received()).toEqual(content)
  })

  it('does not take what came of another link', async () => {
    const url = await serve((request, response) => serveFile(request, response, { content, etag }))
    await writeFile(join(folder, 'media.part'), 'something else')
    await writeFile(
      join(folder, 'media.part.json'),
      JSON.stringify({ version: 1, link: 'another', etag, lastModified: null, totalBytes: 9 }),
    )
    await download(url, { sha256 })
    expect(ranges()).toEqual([null])
  })

  it('needs no server for a file that had come whole before the process was killed', async () => {
    const url = await serve((request, response, nth) =>
      nth === 0 ? serveFile(request, response, { content, etag, cutAfter: 1 }) : request.socket.destroy(),
    )
    await refusalOf(url)
    await writeFile(join(folder, 'media.part'), content)
    await download(url, { sha256 })
    expect(await received()).toEqual(content)
  })
})

describe('what is not downloaded', () => {
  it('refuses a file that says it is too large', async () => {
    const url = await serve((_, response) => {
      response.writeHead(200, { 'content-length': String(501e6) }).write('x')
    })
    expect(await refusalOf(url, { limits: { mostBytes: 500e6 } })).toMatchObject({
      code: 'DOWNLOAD_TOO_LARGE',
      message: expect.stringContaining('501 MB'),
    })
    expect(await filesLeft()).toEqual([])
  })

  it('stops a body that has no end', async () => {
    const url = await serve(async (request, response) => {
      while (!request.socket.destroyed) {
        response.write(content)
        await new Promise(setImmediate)
      }
    })
    expect(await refusalOf(url, { limits: { mostBytes: 5e6 } })).toMatchObject({ code: 'DOWNLOAD_TOO_LARGE' })
    expect(await filesLeft()).toEqual([])
  })

  it('refuses the wrong length, before it is read', async () => {
    const url = await serve((request, response) => serveFile(request, response, { content }))
    expect(await refusalOf(url, { expectedBytes: 5 })).toMatchObject({ code: 'DOWNLOAD_DAMAGED' })
    expect(await filesLeft()).toEqual([])
  })

  it('refuses the wrong checksum, and keeps nothing', async () => {
    const url = await serve((request, response) => serveFile(request, response, { content, etag }))
    expect(await refusalOf(url, { sha256: '0'.repeat(64) })).toMatchObject({ code: 'DOWNLOAD_DAMAGED', retry: 'never' })
    expect(await filesLeft()).toEqual([])
  })

  it('says that a server which promises more than it sends cuts off', async () => {
    const url = await serve((_, response) => {
      response.writeHead(200, { 'content-length': '1000', connection: 'close' })
      response.write('x'.repeat(10), () => response.socket?.end())
    })
    expect(await refusalOf(url)).toMatchObject({ code: 'DOWNLOAD_INTERRUPTED', retry: 'later' })
  })

  it('lets the caller look at the head first', async () => {
    const url = await serve((_, response) => response.end(`<!doctype html>${'x'.repeat(100_000)}`))
    const inspect = (head: Uint8Array) => {
      expect(head.byteLength).toBeGreaterThanOrEqual(1024)
      throw new TypeError(Buffer.from(head.subarray(0, 5)).toString())
    }
    await expect(download(url, { inspect })).rejects.toThrow('<!doc')
    expect(await filesLeft()).toEqual([])
  })

  it('stops where the caller has no room', async () => {
    const url = await serve((request, response) => serveFile(request, response, { content }))
    const makeRoom = async (bytes: number) => {
      throw new RangeError(`no room for ${bytes}`)
    }
    await expect(download(url, { makeRoom })).rejects.toThrow(`no room for ${content.length}`)
    expect(await filesLeft()).toEqual([])
  })

  it('keeps what came when the disk is full', async () => {
    const url = await serve((request, response) => serveFile(request, response, { content, etag }))
    expect(await refusalOf(url, { freeSpace: async () => 1000 })).toMatchObject({ code: 'NO_SPACE', retry: 'later' })
  })

  it.each([401, 403, 404, 410, 451])('is told %i, and asks once', async (status) => {
    const url = await serve((_, response) => response.writeHead(status).end('no'))
    expect(await refusalOf(url)).toMatchObject({ code: 'SERVER_REFUSED', status, retry: 'never' })
    expect(ranges()).toHaveLength(1)
  })

  it('refuses a part that nobody asked for', async () => {
    const url = await serve((_, response) => {
      response.writeHead(206, { 'content-range': 'bytes 0-9/100' }).end('x'.repeat(10))
    })
    expect(await refusalOf(url)).toMatchObject({ code: 'SERVER_NONSENSE' })
  })
})

describe('a busy server', () => {
  it.each([429, 503])('is left alone as long as it asks after %i', async (status) => {
    const waits: number[] = []
    const url = await serve((request, response, nth) => {
      if (nth === 0) response.writeHead(status, { 'retry-after': '7' }).end()
      else serveFile(request, response, { content })
    })
    await download(url, { wait: async (seconds) => void waits.push(seconds) })
    expect(waits).toEqual([7])
  })

  it('is not waited for all day', async () => {
    const url = await serve((_, response) => response.writeHead(503, { 'retry-after': '86400' }).end())
    expect(await refusalOf(url)).toMatchObject({ code: 'SERVER_BUSY', retry: 'later', waitSeconds: 86_400 })
    expect(ranges()).toHaveLength(1)
  })

  it('is asked a few times when it does not say how long', async () => {
    const url = await serve((_, response) => response.writeHead(502).end())
    expect(await refusalOf(url, { limits: { fruitlessTries: 2 } })).toMatchObject({ code: 'SERVER_BUSY' })
    expect(ranges()).toHaveLength(3)
  })
})

describe('time', () => {
  const impatient = (patience: Partial<WebLimits>) => {
    const limits = { ...usualWebLimits, ...patience }
    return openWebClient({ guard: createNetworkGuard({ allowed: ['127.0.0.1'] }), limits })
  }

  it('gives up on a body that stands still', async () => {
    const url = await serve((_, response) => response.writeHead(200, { 'content-length': '100' }).write('x'))
    const quick = impatient({ idleSeconds: 0.2 })
    expect(await refusalOf(url, { client: quick, limits: { fruitlessTries: 0 } })).toMatchObject({
      code: 'DOWNLOAD_INTERRUPTED',
      message: expect.stringContaining('stood still'),
    })
    await quick.close()
  })

  it('gives up on a server that takes the request and says nothing', async () => {
    const url = await serve(() => undefined)
    const quick = impatient({ firstByteSeconds: 0.2 })
    expect(await refusalOf(url, { client: quick, limits: { fruitlessTries: 0 } })).toMatchObject({
      code: 'SERVER_UNREACHABLE',
      retry: 'later',
    })
    await quick.close()
  })

  it('gives up on a drip', async () => {
    const url = await serve((request, response) => {
      const drip = setInterval(() => response.write('x'), 20)
      request.socket.once('close', () => clearInterval(drip))
      response.writeHead(200, { 'content-length': '1000000' }).write('x'.repeat(2000))
    })
    expect(
      await refusalOf(url, { limits: { fruitlessTries: 0, leastBytesPerSecond: 50_000, patienceSeconds: 0.2 } }),
    ).toMatchObject({ code: 'DOWNLOAD_INTERRUPTED', message: expect.stringContaining('slower than') })
  })

  it('gives up when the whole takes too long', async () => {
    const url = await serve((_, response) => response.writeHead(200, { 'content-length': '100' }).write('x'))
    expect(await refusalOf(url, { limits: { wholeSeconds: 0.2 } })).toMatchObject({
      code: 'DOWNLOAD_INTERRUPTED',
      message: expect.stringContaining('was not done after'),
    })
  })

  it('stops when it is told to, with the reason, and keeps what came', async () => {
    const stop = new AbortController()
    const url = await serve((_, response) =>
      response.writeHead(200, { etag, 'content-length': '300000' }).write(content.subarray(0, 90_000)),
    )
    const onProgress = () => stop.abort(new Error('enough'))
    await expect(download(url, { signal: stop.signal, onProgress })).rejects.toThrow('enough')
    expect((await filesLeft()).toSorted()).toEqual(['media.part', 'media.part.json'])
  })
})

describe('packed answers', () => {
  it('unpacks what nobody asked to be packed', async () => {
    const url = await serve((_, response) =>
      response.writeHead(200, { 'content-encoding': 'gzip' }).end(gzipSync(content)),
    )
    await download(url, { sha256 })
    expect(await received()).toEqual(content)
  })

  it('stops a bomb before it fills the disk', async () => {
    const bomb = gzipSync(Buffer.alloc(60_000_000))
    expect(bomb.length).toBeLessThan(100_000)
    const url = await serve((_, response) => response.writeHead(200, { 'content-encoding': 'gzip' }).end(bomb))
    expect(await refusalOf(url)).toMatchObject({ code: 'SERVER_NONSENSE', message: expect.stringContaining('unpacks') })
    expect(await filesLeft()).toEqual([])
  })

  it('refuses what is packed wrongly', async () => {
    const url = await serve((_, response) => response.writeHead(200, { 'content-encoding': 'gzip' }).end(content))
    expect(await refusalOf(url, { limits: { fruitlessTries: 0 } })).toMatchObject({ code: expect.any(String) })
  })
})
