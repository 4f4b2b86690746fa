import { createHash } from 'node:crypto'
import { mkdir, mkdtemp, readdir, readFile, rm, stat, utimes, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { basename, dirname, join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { makeAudio, makeVideo } from '../../../test/support/make-media.ts'
import { type Answer, openRudeServer, type RudeServer, serveFile } from '../../../test/support/rude-server.ts'
import { openStandInSite, type SitePage, type StandInSite } from '../../../test/support/yt-dlp/open-site.ts'
import { AppError } from '../../domain/app-error.ts'
import type { Progress } from '../../domain/run.ts'
import { placeOfLink } from '../../pipeline/ingest/place-of-link.ts'
import { readDownloadRecord } from './download-record.ts'
import { findDownloader } from './find-downloader.ts'

const settings = {
  ALLOWED_PRIVATE_HOSTS: '127.0.0.1',
  MAX_FILE_SIZE: 500e6,
  MAX_STORAGE_GB: 10,
  YTDLP_PATH: undefined as string | undefined,
}
const page = '<!doctype html><title>Watch</title>'

let dataFolder: string
let site: StandInSite
let server: RudeServer | null = null
let sound: Buffer
let video: string

beforeAll(async () => {
  sound = await readFile(await makeAudio({ seconds: 2, extension: 'mp3' }))
  video = await makeVideo({ seconds: 1, width: 64, height: 64, rate: 5 })
})
beforeEach(async () => {
  dataFolder = await mkdtemp(join(tmpdir(), 'clipwright-links-'))
  site = await openStandInSite()
})
afterEach(async () => {
  await server?.close()
  server = null
  await site.close()
  await rm(dataFolder, { recursive: true, force: true })
})
afterAll(() => undefined)

async function serve(answer: Answer): Promise<string> {
  server = await openRudeServer(answer)
  return server.origin
}

interface Fetching {
  episode?: string
  changes?: Partial<typeof settings>
  signal?: AbortSignal
  onProgress?: (progress: Progress) => void
}

const placeOf = (url: string, episode?: string) => placeOfLink({ dataFolder, url, episode })
const programs: string[] = []
const ledger = { started: ({ command }: { command: string }) => void programs.push(command), ended: () => undefined }

async function fetchLink(url: string, { episode, changes, signal, onProgress }: Fetching = {}) {
  const downloader = findDownloader({
    settings: { ...settings, YTDLP_PATH: site.ytDlp, ...changes },
    dataFolder,
    ffmpegPath: '/usr/bin/ffmpeg',
  })
  const to = placeOf(url, episode)
  const fetched = await downloader.fetchRecording(
    { url, to, ...(episode !== undefined && { episode }) },
    { signal: signal ?? new AbortController().signal, onProgress: onProgress ?? (() => undefined), ledger },
  )
  return { ...fetched, to, content: await readFile(to) }
}

async function refusalOf(url: string, fetching: Fetching = {}): Promise<AppError> {
  const thrown = await fetchLink(url, fetching).then(
    () => expect.fail('it should have been refused'),
    (error: unknown) => error,
  )
  expect(thrown).toBeInstanceOf(AppError)
  return thrown as AppError
}

const filesLeft = async (to: string): Promise<string[]> =>
  (await readdir(dirname(to)).catch((): string[] => [])).toSorted()
const sha256 = (content: Buffer) => createHash('sha256').update(content).digest('hex')

describe('a file', () => {
  it('is brought to its place', async () => {
    const origin = await serve((request, response) =>
      serveFile(request, response, {
        content: sound,
        etag: '"a"',
        headers: { 'content-disposition': 'attachment; filename="../../The Night.mp3"' },
      }),
    )
    const reports: Progress[] = []
    const fetched = await fetchLink(`${origin}/lamp.mp3`, { onProgress: (progress) => reports.push(progress) })
    expect(fetched).toMatchObject({
      name: 'The Night',
      title: null,
      sha256: sha256(sound),
      reused: false,
      warnings: [],
    })
    expect(fetched.content).toEqual(sound)
    expect(await filesLeft(fetched.to)).toEqual(['download.json', 'lamp.mp3'])
    expect(reports.at(-1)).toMatchObject({
      fraction: 1,
      message: expect.stringMatching(/^downloading [\d.]+ of [\d.]+ MB/),
    })
  })

  it.each([
    ['its entity tag', { etag: '"a"' }],
    ['its date', { lastModified: 'Thu, 01 Jan 2026 00:00:00 GMT' }],
    ['its length', {}],
  ])('is not brought again while %s is the same', async (_, validators) => {
    let sent = 0
    const origin = await serve((request, response) => {
      response.once('finish', () => (sent += Number(response.getHeader('content-length') ?? 0)))
      serveFile(request, response, { content: sound, ...validators })
    })
    await fetchLink(`${origin}/lamp.mp3`)
    expect(await fetchLink(`${origin}/lamp.mp3`)).toMatchObject({ reused: true, sha256: sha256(sound) })
    expect(server?.requests).toHaveLength(2)
    expect(sent).toBeLessThanOrEqual(2 * sound.length)
  })

  it('is brought again when it has changed', async () => {
    let content = sound
    const origin = await serve((request, response) =>
      serveFile(request, response, { content, etag: `"${content.length}"` }),
    )
    await fetchLink(`${origin}/lamp.mp3`)
    content = Buffer.concat([sound, sound])
    expect(await fetchLink(`${origin}/lamp.mp3`)).toMatchObject({ reused: false, content })
  })

  it('is taken as it was when nobody can be asked, and it is said', async () => {
    const origin = await serve((request, response) => serveFile(request, response, { content: sound }))
    await fetchLink(`${origin}/lamp.mp3`)
    await server?.close()
    server = null
    const again = await fetchLink(`${origin}/lamp.mp3`)
    expect(again).toMatchObject({ reused: true, warnings: [expect.stringContaining('could not be asked')] })
  })

  it('is brought again when the one that is here was touched', async () => {
    const origin = await serve((request, response) => serveFile(request, response, { content: sound, etag: '"a"' }))
    const { to } = await fetchLink(`${origin}/lamp.mp3`)
    await writeFile(to, 'short')
    expect(await fetchLink(`${origin}/lamp.mp3`)).toMatchObject({ reused: false, content: sound })
  })

  it('is brought once when two ask for it at the same time', async () => {
    const origin = await serve((request, response) => serveFile(request, response, { content: sound, etag: '"a"' }))
    const both = await Promise.all([fetchLink(`${origin}/lamp.mp3`), fetchLink(`${origin}/lamp.mp3`)])
    expect(both.filter(({ reused }) => reused)).toHaveLength(1)
  })

  it('over trackers comes from the last of them', async () => {
    const origin = await serve((request, response) => {
      const next = { '/track/a': '/track/b?x=1', '/track/b?x=1': '/cdn/lamp.mp3' }[request.url ?? '']
      if (next === undefined) serveFile(request, response, { content: sound, etag: '"a"' })
      else response.writeHead(302, { location: next }).end()
    })
    expect((await fetchLink(`${origin}/track/a`)).content).toEqual(sound)
    expect((await fetchLink(`${origin}/track/a`)).reused).toBe(true)
  })

  it.each([
    ['text', Buffer.from('just words'), 'text/plain'],
    ['a picture', Buffer.from([0xff, 0xd8, 0xff, 0xe0, 1, 2, 3]), 'audio/mpeg'],
    ['an archive', Buffer.from('PK\u0003\u0004xxxx'), 'video/mp4'],
  ])('that is %s is refused, and nothing is kept', async (what, content, type) => {
    const origin = await serve((request, response) =>
      serveFile(request, response, { content, headers: { 'content-type': type } }),
    )
    const url = `${origin}/lamp.mp3`
    expect(await refusalOf(url)).toMatchObject({ code: 'LINK_NOT_MEDIA', message: expect.stringContaining(what) })
    expect(await filesLeft(placeOf(url))).toEqual([])
  })

  it('larger than allowed is refused', async () => {
    const origin = await serve((request, response) => serveFile(request, response, { content: sound }))
    expect(await refusalOf(`${origin}/a.mp3`, { changes: { MAX_FILE_SIZE: 1000 } })).toMatchObject({
      code: 'DOWNLOAD_TOO_LARGE',
      hint: expect.stringContaining('MAX_FILE_SIZE'),
    })
  })

  it('that all downloads together have no room for is refused, and says how to make some', async () => {
    const origin = await serve((request, response) => serveFile(request, response, { content: sound, etag: '"a"' }))
    const changes = { MAX_STORAGE_GB: (sound.length * 1.5) / 1e9 }
    await fetchLink(`${origin}/first.mp3`, { changes })
    expect(await refusalOf(`${origin}/second.mp3`, { changes })).toMatchObject({
      code: 'STORAGE_FULL',
      hint: expect.stringContaining(join(dataFolder, 'downloads')),
    })
    expect((await fetchLink(`${origin}/first.mp3`, { changes })).reused).toBe(true)
  })

  it('that has no room beside what was uploaded is refused', async () => {
    const origin = await serve((request, response) => serveFile(request, response, { content: sound }))
    await mkdir(join(dataFolder, 'uploads'))
    await writeFile(join(dataFolder, 'uploads', 'sent.mp4'), sound)
    const changes = { MAX_STORAGE_GB: (sound.length * 1.5) / 1e9 }
    expect(await refusalOf(`${origin}/a.mp3`, { changes })).toMatchObject({ code: 'STORAGE_FULL' })
  })

  it('of this machine is refused, unless it is allowed', async () => {
    const origin = await serve((request, response) => serveFile(request, response, { content: sound }))
    expect(await refusalOf(`${origin}/a.mp3`, { changes: { ALLOWED_PRIVATE_HOSTS: '' } })).toMatchObject({
      code: 'ADDRESS_FORBIDDEN',
    })
    expect(server?.requests).toEqual([])
    expect(await readdir(dataFolder)).toEqual([])
  })
})

it('takes away what nobody went on with for days, and leaves what is whole', async () => {
  const origin = await serve((request, response) => serveFile(request, response, { content: sound, etag: '"a"' }))
  const { to } = await fetchLink(`${origin}/whole.mp3`)
  const forgotten = join(dataFolder, 'downloads', 'forgotten-0123')
  const fresh = join(dataFolder, 'downloads', 'fresh-0123')
  const longAgo = new Date(Date.now() - 5 * 24 * 3600 * 1000)
  for (const folder of [forgotten, fresh]) {
    await mkdir(folder)
    await writeFile(join(folder, 'a.mp3.part'), 'x')
  }
  for (const path of [join(forgotten, 'a.mp3.part'), forgotten, to, dirname(to)]) await utimes(path, longAgo, longAgo)
  await fetchLink(`${origin}/other.mp3`)
  const left = await readdir(join(dataFolder, 'downloads'))
  expect(left).not.toContain(basename(forgotten))
  expect(left).toEqual(expect.arrayContaining([basename(fresh), basename(dirname(to))]))
})

describe('a page', () => {
  const info = (changes: object = {}) => ({
    id: 'abc',
    extractor_key: 'Stand',
    title: 'The night the lamp went out',
    duration: 2,
    language: 'en',
    filesize: 5000,
    subtitles: { en: [{ ext: 'vtt' }], de: [{ ext: 'vtt' }] },
    automatic_captions: { 'en-orig': [{ ext: 'vtt' }] },
    chapters: [
      { start_time: 0, end_time: 1, title: 'Dark' },
      { start_time: 1, end_time: 0.5, title: 'backwards' },
    ],
    heatmap: [
      { start_time: 0, end_time: 1, value: 1 },
      { start_time: 1, end_time: 2, value: 7 },
    ],
    ...changes,
  })

  async function watch(changes: Partial<SitePage> = {}): Promise<string> {
    const origin = await serve((_, response) => response.writeHead(200, { 'content-type': 'text/html' }).end(page))
    const url = `${origin}/watch?v=abc`
    await site.put(url, {
      info: info(),
      media: video,
      captions: { en: 'WEBVTT\n\n00:00.000 --> 00:01.000\nHello.\n' },
      ...changes,
    })
    return url
  }

  it('gives its recording, captions, chapters and what is watched again', async () => {
    const reports: Progress[] = []
    const fetched = await fetchLink(await watch(), { onProgress: (progress) => reports.push(progress) })
    expect(fetched).toMatchObject({
      title: 'The night the lamp went out',
      reused: false,
      notes: {
        chapters: [{ start: 0, end: 1, title: 'Dark' }],
        replay: [
          { start: 0, end: 1, value: 1 },
          { start: 1, end: 2, value: 1 },
        ],
      },
    })
    expect(fetched.content).toEqual(await readFile(video))
    expect(await filesLeft(fetched.to)).toEqual([basename(fetched.to), 'captions.en.vtt', 'download.json'].toSorted())
    expect((await readDownloadRecord(fetched.to))?.captions).toMatchObject([{ kind: 'published', language: 'en' }])
    expect(reports.map(({ message }) => message)).toContainEqual(
      expect.stringMatching(/^downloading .* at 1\.0 MB\/s$/),
    )
  })

  it('is asked without a link among the arguments, without settings of others, and through the guard', async () => {
    const url = await watch()
    await fetchLink(url)
    const calls = (await site.calls()).filter(({ args }) => args !== undefined)
    expect(calls).toHaveLength(3)
    for (const { args, link, proxied } of calls) {
      expect(args).toContain('--ignore-config')
      expect(args?.join(' ')).not.toContain('watch')
      expect({ link, proxied }).toEqual({ link: url, proxied: true })
    }
    expect(await filesLeft(placeOf(url))).not.toContain('link.txt')
    // A crash of ours leaves no yt-dlp behind: each is noted, and the next process ends it.
    expect(programs.filter((command) => command.startsWith(site.ytDlp))).toHaveLength(3)
  })

  it('does not lead yt-dlp to addresses of ours', async () => {
    const origin = await serve((_, response) => response.end(page))
    const url = `${origin}/watch`
    await site.put(url, { info: info(), media: video, alsoAsks: 'http://169.254.169.254/latest/meta-data/' })
    await fetchLink(url)
    expect((await site.calls()).flatMap(({ answered }) => answered ?? [])).toEqual([403, 403, 403])
  })

  it('is not downloaded again while it is the same', async () => {
    const url = await watch()
    await fetchLink(url)
    const before = (await site.calls()).length
    expect(await fetchLink(url)).toMatchObject({ reused: true, title: 'The night the lamp went out' })
    expect((await site.calls()).slice(before).filter(({ args }) => !args?.includes('--dump-single-json'))).toEqual([])
  })

  it('takes what a machine heard where nobody wrote captions', async () => {
    const fetched = await fetchLink(
      await watch({
        info: info({ subtitles: {} }),
        captions: { 'en-orig': 'WEBVTT\n\n00:00.000 --> 00:01.000\nhello\n' },
      }),
    )
    expect((await readDownloadRecord(fetched.to))?.captions).toMatchObject([{ kind: 'automatic', language: 'en' }])
  })

  it('is there without its captions, too', async () => {
    const fetched = await fetchLink(await watch({ captions: {} }))
    expect(fetched.warnings).toEqual([expect.stringContaining('captions')])
  })

  it.each([
    [{ live_status: 'is_live' }, 'PAGE_NOT_READY'],
    [{ live_status: 'is_upcoming' }, 'PAGE_NOT_READY'],
    [{ filesize: 501e6 }, 'DOWNLOAD_TOO_LARGE'],
    [{ requested_formats: [{ filesize: 300e6 }, { filesize_approx: 300e6 }] }, 'DOWNLOAD_TOO_LARGE'],
  ])('is refused before anything is downloaded: %j', async (changes, code) => {
    expect(await refusalOf(await watch({ info: info(changes) }))).toMatchObject({ code })
    expect((await site.calls()).every(({ args }) => args?.includes('--dump-single-json'))).toBe(true)
  })

  it('says what yt-dlp said', async () => {
    const url = await watch({ error: "ERROR: [youtube] abc: Private video. Sign in if you've been granted access" })
    expect(await refusalOf(url)).toMatchObject({ code: 'PAGE_REFUSED', retry: 'never' })
    expect(await filesLeft(placeOf(url))).toEqual([])
  })

  it('says so when yt-dlp ends without a file', async () => {
    expect(await refusalOf(await watch({ tooLarge: true }))).toMatchObject({ code: 'YTDLP_FAILED' })
  })

  it('says so when what yt-dlp says makes no sense', async () => {
    expect(await refusalOf(await watch({ info: 'nonsense' }))).toMatchObject({ code: 'YTDLP_FAILED' })
  })

  it('has its program named when that is not there', async () => {
    const url = await watch()
    expect(await refusalOf(url, { changes: { YTDLP_PATH: '/nowhere/yt-dlp' } })).toMatchObject({
      code: 'YTDLP_MISSING',
      hint: expect.stringContaining('YTDLP_PATH'),
    })
  })

  it('goes on after it was stopped', async () => {
    const url = await watch({ slowness: 20, info: info({ filesize: null }) })
    const stop = new AbortController()
    const onProgress = ({ fraction, message }: Progress) => {
      if (fraction >= 0.7 && message.startsWith('downloading')) stop.abort(new Error('enough'))
    }
    await expect(fetchLink(url, { signal: stop.signal, onProgress })).rejects.toThrow('enough')
    await fetchLink(url)
    expect((await site.calls()).flatMap(({ begunAt }) => begunAt ?? [])).toEqual([0, 50])
  })

  it('with several asks which one', async () => {
    const list = {
      _type: 'playlist',
      entries: [
        { id: '1', title: 'First' },
        { id: '2', title: 'Second' },
      ],
    }
    const url = await watch({ info: list, items: [info({ id: '1' }), info({ id: '2', title: 'Second' })] })
    expect(await refusalOf(url)).toMatchObject({
      code: 'PAGE_HAS_SEVERAL',
      hint: expect.stringContaining('2 is "Second"'),
    })
    expect(await fetchLink(url, { episode: '2' })).toMatchObject({ title: 'Second' })
  })

  it('with one in a list is that one', async () => {
    const url = await watch({ info: { _type: 'playlist', entries: [{ id: '1' }] }, items: [info({ id: '1' })] })
    expect(await fetchLink(url)).toMatchObject({ title: 'The night the lamp went out' })
  })

  it('that refuses us may let yt-dlp in, and else says what it said', async () => {
    const origin = await serve((_, response) => response.writeHead(403).end('no'))
    const url = `${origin}/watch`
    expect(await refusalOf(url)).toMatchObject({ code: 'SERVER_REFUSED' })
    await site.put(url, { info: info(), media: video })
    expect(await fetchLink(url)).toMatchObject({ title: 'The night the lamp went out' })
  })
})

describe('a feed', () => {
  const item = ({ title, file, extra = '' }: { title: string; file: string; extra?: string }) =>
    `<item><title>${title}</title><enclosure url="${file}" length="1" type="audio/mpeg"/>${extra}</item>`
  const feedOf = (...items: string[]) =>
    `<?xml version="1.0"?><rss version="2.0" xmlns:podcast="https://podcastindex.org/namespace/1.0"><channel><title>Lamps</title>${items.join('')}</channel></rss>`
  const transcript =
    '<podcast:transcript url="/2.txt" type="text/plain"/><podcast:transcript url="/2.vtt" type="text/vtt" language="en"/>'
  const chapters = '<podcast:chapters url="/2.json" type="application/json+chapters"/>'

  async function publish(xml: string, others: Record<string, string> = {}): Promise<string> {
    const origin = await serve((request, response) => {
      const url = request.url ?? ''
      if (url === '/feed') response.end(xml)
      else if (url in others) response.end(others[url])
      else if (url.endsWith('.mp3')) serveFile(request, response, { content: sound, etag: `"${url}"` })
      else response.writeHead(404).end()
    })
    return `${origin}/feed`
  }

  const two = feedOf(
    item({ title: 'The second', file: '/2.mp3', extra: transcript + chapters }),
    item({ title: 'The first', file: '/1.mp3' }),
  )
  const extras = {
    '/2.vtt': 'WEBVTT\n\n00:00.000 --> 00:01.000\nHello.\n',
    '/2.json': JSON.stringify({
      version: '1.2.0',
      chapters: [
        { startTime: 1, title: 'Light' },
        { startTime: 0, title: 'Dark' },
        { startTime: 0.5, title: 'An advert', toc: false },
      ],
    }),
  }

  it('asks which episode, and lists them', async () => {
    expect(await refusalOf(await publish(two))).toMatchObject({
      code: 'EPISODE_NEEDED',
      hint: expect.stringContaining('1 is "The second", 2 is "The first"'),
    })
  })

  it.each(['1', 'SECOND'])('gives the episode %s with its transcript and chapters', async (episode) => {
    const fetched = await fetchLink(await publish(two, extras), { episode })
    expect(fetched).toMatchObject({
      title: 'The second',
      warnings: [],
      notes: {
        chapters: [
          { start: 0, end: 1, title: 'Dark' },
          { start: 1, title: 'Light' },
        ],
      },
    })
    expect((await readDownloadRecord(fetched.to))?.captions).toMatchObject([
      { file: 'captions.feed.vtt', language: 'en', kind: 'published' },
    ])
    expect(await filesLeft(fetched.to)).toContain('captions.feed.vtt')
  })

  it('gives the episode without what can not be had, and says so', async () => {
    const fetched = await fetchLink(await publish(two), { episode: '1' })
    expect(fetched.warnings).toEqual([expect.stringContaining('transcript'), expect.stringContaining('chapters')])
  })

  it('does not bring the same episode again', async () => {
    const url = await publish(two, extras)
    await fetchLink(url, { episode: '1' })
    expect(await fetchLink(url, { episode: '1' })).toMatchObject({ reused: true })
  })

  it('with one episode needs no name for it', async () => {
    expect(await fetchLink(await publish(feedOf(item({ title: 'Only', file: '/1.mp3' }))))).toMatchObject({
      title: 'Only',
    })
  })

  it('that is a recording after all is taken as one, and it is said', async () => {
    const url = (await publish('')).replace('/feed', '/lamp.mp3')
    const warnings = [expect.stringContaining('--episode 2 was of no use')]
    expect(await fetchLink(url, { episode: '2' })).toMatchObject({ content: sound, warnings })
    expect(await fetchLink(url, { episode: '2' })).toMatchObject({ reused: true, warnings })
  })

  it.each(['3', 'third'])('has no episode %s', async (episode) => {
    expect(await refusalOf(await publish(two), { episode })).toMatchObject({ code: 'EPISODE_NOT_FOUND' })
  })

  it('without episodes says so', async () => {
    expect(await refusalOf(await publish(feedOf()))).toMatchObject({ code: 'EPISODE_NOT_FOUND' })
  })

  it('does not lead to addresses of ours', async () => {
    const url = await publish(feedOf(item({ title: 'Evil', file: 'http://169.254.169.254/a.mp3' })))
    expect(await refusalOf(url)).toMatchObject({ code: 'ADDRESS_FORBIDDEN' })
  })

  it('with entities stays what it is', async () => {
    const bomb = `<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY a "${'a'.repeat(1000)}"><!ENTITY b "&a;&a;">]>${feedOf(item({ title: '&b;', file: '/1.mp3' })).slice(21)}`
    const thrown = await fetchLink(await publish(bomb)).then(
      ({ title }) => title,
      (error: AppError) => error.code,
    )
    expect(['&b;', 'FEED_UNREADABLE', 'LINK_NOT_MEDIA']).toContain(thrown)
  })
})

it('leaves nothing when what was brought is thrown away', async () => {
  const origin = await serve((request, response) => serveFile(request, response, { content: sound }))
  const { to } = await fetchLink(`${origin}/a.mp3`)
  const downloader = findDownloader({ settings, dataFolder, ffmpegPath: 'ffmpeg' })
  await downloader.discard(to)
  expect(await stat(dirname(to)).catch(() => null)).toBeNull()
})
