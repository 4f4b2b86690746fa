import { mkdir, rename, rm, symlink, writeFile } from 'node:fs/promises'
import { type AddressInfo, connect } from 'node:net'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { renderingFiles } from '../../../src/pipeline/rendering-files.ts'
import { appForTest, type TestApp } from '../../support/app-for-test.ts'
import { storeClip } from '../../support/stored-clip.ts'

let test: TestApp
let port: number
let clip: Awaited<ReturnType<typeof storeClip>>
let video: string
beforeAll(async () => {
  test = await appForTest()
  await test.app.listen({ host: '127.0.0.1', port: 0 })
  port = (test.app.server.address() as AddressInfo).port
  clip = await storeClip(test.clipwright)
  video = `/api/v1/renderings/${clip.key}.mp4`
  await writeFile(join(test.clipwright.dataFolder, 'secret.txt'), 'root:x:0:0')
})
afterAll(() => test.close())

const get = (url: string, headers: Record<string, string> = {}) => test.app.inject({ url, headers })

/** Sends an address as it stands, which no client would: everything they tidy up is the server's to bear. */
function raw(target: string, head = ''): Promise<string> {
  return new Promise((resolve, reject) => {
    let answer = ''
    const socket = connect({ host: '127.0.0.1', port }, () =>
      socket.write(`GET ${target} HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\n${head}Connection: close\r\n\r\n`),
    )
    socket.setEncoding('latin1')
    socket.on('data', (text) => {
      answer += text
    })
    socket.on('close', () => resolve(answer))
    socket.on('error', reject)
  })
}

describe('an address that leads out', () => {
  const ways = [
    '../../secret.txt',
    '..%2f..%2fsecret.txt',
    '%2e%2e/%2e%2e/secret.txt',
    '%2e%2e%2f%2e%2e%2fsecret.txt',
    '%252e%252e%252fsecret.txt',
    '..\\..\\secret.txt',
    '..%5c..%5csecret.txt',
    '%c0%ae%c0%ae/secret.txt',
    '/etc/passwd',
    '%2fetc%2fpasswd',
    'file:///etc/passwd',
    '..%2f..%2f..%2f..%2f..%2f..%2fetc%2fpasswd%00.mp4',
    `${'../'.repeat(50)}etc/passwd`,
    `${'a'.repeat(64)}%00.mp4`,
    `${'a'.repeat(64)}.mp4%00`,
    `${'a'.repeat(64)}.mp4/../../../secret.txt`,
    '.',
    '..',
    '~root',
  ]
  // Every place files are served from.
  const folders = ['/api/v1/renderings/', '/api/v1/styles/captions/', '/api/docs/static/', '/', '/api/v1/uploads/']

  it.each(ways)('reaches nothing: %s', async (way) => {
    for (const folder of folders) {
      const answer = await raw(folder + way)
      expect([folder, answer.slice(0, 12)]).toEqual([folder, expect.stringMatching(/^HTTP\/1\.1 (?:4\d\d|30\d|200)/)])
      expect([folder, answer]).toEqual([folder, expect.not.stringContaining('root:')])
    }
  })
})

describe('a link in the folder of renderings', () => {
  const key = 'b'.repeat(64)
  const files = () => renderingFiles(test.clipwright.dataFolder, key)

  it('is no rendering', async () => {
    await mkdir(dirname(files().mp4), { recursive: true })
    await symlink(join(test.clipwright.dataFolder, 'secret.txt'), files().mp4)
    expect((await get(`/api/v1/renderings/${key}.mp4`)).json()).toMatchObject({ status: 404, code: 'NOT_FOUND' })
    await rm(dirname(files().mp4), { recursive: true })
  })

  it('leads nowhere, also as a folder', async () => {
    const outside = join(test.clipwright.dataFolder, 'outside')
    await mkdir(outside)
    await writeFile(join(outside, `${key}.mp4`), 'root:x:0:0')
    await symlink(outside, dirname(files().mp4))
    expect((await get(`/api/v1/renderings/${key}.mp4`)).statusCode).toBe(404)
    await rm(dirname(files().mp4))
  })

  it('may be the whole folder, on another disk', async () => {
    const [folder, elsewhere] = ['renderings', 'other-disk'].map((name) => join(test.clipwright.dataFolder, name))
    await rename(folder ?? '', elsewhere ?? '')
    await symlink(elsewhere ?? '', folder ?? '')
    expect((await get(video)).body).toBe('0123456789')
  })
})

describe('a part of a file', () => {
  it.each([
    ['bytes=0-0', 206, '0', 'bytes 0-0/10'],
    ['bytes=-3', 206, '789', 'bytes 7-9/10'],
    ['bytes=7-', 206, '789', 'bytes 7-9/10'],
    ['bytes=7-999', 206, '789', 'bytes 7-9/10'],
    ['bytes=-999', 200, '0123456789', undefined],
  ])('%s is given', async (range, status, body, where) => {
    const answer = await get(video, { range })
    expect([answer.statusCode, answer.body, answer.headers['content-range']]).toEqual([status, body, where])
  })

  it.each(['bytes=10-', 'bytes=90-99', 'bytes=-0', 'bytes=5-2', 'bytes=99999999999999999999-'])(
    '%s is not there',
    async (range) => {
      const answer = await get(video, { range })
      // RFC 9110, 14.2: what makes no sense may also be passed over.
      expect([200, 416]).toContain(answer.statusCode)
      if (answer.statusCode === 200) expect(answer.body).toBe('0123456789')
      else expect(answer.json()).toMatchObject({ code: 'RANGE_NOT_THERE' })
    },
  )

  it.each([
    'bytes=0-1,4-5',
    `bytes=${Array.from({ length: 1500 }, (_, i) => `${i}-${i}`).join(',')}`,
    'lines=1-2',
    'bytes=',
    'bytes=a-b',
    'bytes=--1',
    'nonsense',
    'bytes=0-9'.padEnd(10_000, ','),
  ])('of several, or of none, is at most the file once: %.40s', async (range) => {
    const answer = await get(video, { range })
    expect([200, 206, 416]).toContain(answer.statusCode)
    if (answer.statusCode !== 416) expect(answer.rawPayload.length).toBeLessThanOrEqual(10)
  })

  it('is refused where the headers are too long', async () => {
    const answer = await raw(video, `Range: bytes=0-1${','.repeat(20_000)}\r\n`)
    expect(answer).toMatch(/^HTTP\/1\.1 431 /)
    expect(answer).toContain('application/problem+json')
    expect(answer).toContain('REQUEST_HEAD_TOO_LARGE')
  })

  it('is refused where it is no HTTP', async () => {
    const answer = await raw('/ x y z')
    expect(answer).toMatch(/^HTTP\/1\.1 400 [\s\S]*BAD_REQUEST/)
  })
})

describe('whoever asks again', () => {
  const lists = ['/api/v1/recordings', '/api/v1/runs', '/api/v1/styles', '/api/v1/settings', '/api/v1/feedback']

  it.each(lists)('is told of %s that nothing has changed', async (url) => {
    const first = await get(url)
    const tag = String(first.headers.etag)
    expect((await get(url, { 'if-none-match': tag })).statusCode).toBe(304)
    for (const unknown of ['"x"', '', ',,,', '"', 'W/', tag.slice(0, -2), 'x'.repeat(8000)])
      expect([unknown, (await get(url, { 'if-none-match': unknown })).statusCode]).toEqual([unknown, 200])
  })

  it('is told the same of a file', async () => {
    const { etag } = (await get(video)).headers
    expect((await get(video, { 'if-none-match': String(etag) })).statusCode).toBe(304)
    expect((await get(video, { 'if-none-match': '"x"' })).statusCode).toBe(200)
    // A part of a file that has changed is no use: then it comes whole.
    expect((await get(video, { range: 'bytes=0-1', 'if-range': '"x"' })).body).toBe('0123456789')
  })

  it('with HEAD gets the same headers and nothing else', async () => {
    for (const url of [...lists, video]) {
      const [head, whole] = [await test.app.inject({ method: 'HEAD', url }), await get(url)]
      expect([url, head.statusCode, head.body]).toEqual([url, 200, ''])
      expect([url, head.headers['content-type']]).toEqual([url, whole.headers['content-type']])
    }
  })

  it.each(['OPTIONS', 'TRACE', 'PUT', 'PATCH', 'DELETE'] as const)(
    'with %s where that is not taken is told so',
    async (method) => {
      const answer = await test.app.inject({ method: method as 'PUT', url: '/api/v1/recordings' })
      expect([404, 405]).toContain(answer.statusCode)
      expect(answer.headers['access-control-allow-origin']).toBeUndefined()
    },
  )

  it.each(['br', 'gzip'])('is answered in %s where that is smaller, and files never are', async (encoding) => {
    const accepts = { 'accept-encoding': encoding }
    expect((await get('/api/docs/json', accepts)).headers['content-encoding']).toBe(encoding)
    expect((await get(video, accepts)).headers['content-encoding']).toBeUndefined()
  })

  it.each(['identity;q=0, *;q=0', 'nonsense', 'br;q=2, gzip;q=-1'])(
    'is answered all the same when asking for %s',
    async (encoding) => {
      expect([200, 406]).toContain((await get('/api/v1/styles', { 'accept-encoding': encoding })).statusCode)
    },
  )

  it('for XML gets JSON, which it may pass over', async () => {
    const { statusCode, headers } = await get('/api/v1/recordings', { accept: 'application/xml' })
    expect([statusCode, headers['content-type']]).toEqual([200, 'application/json; charset=utf-8'])
  })
})
