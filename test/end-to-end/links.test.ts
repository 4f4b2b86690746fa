import { readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { loadSettings } from '../../src/config/load-settings.ts'
import { openDatabase } from '../../src/database/pool.ts'
import { getSourceNotes } from '../../src/library/source-notes.store.ts'
import { createLogger } from '../../src/observability/logger.ts'
import { namesIn } from '../support/files-of.ts'
import { makeVideo } from '../support/make-media.ts'
import { type Answer, openRudeServer, type RudeServer, serveFile } from '../support/rude-server.ts'
import { type Home, openHome, patient, refusalOf } from '../support/run-cli.ts'
import { openStandInSite, type StandInSite } from '../support/yt-dlp/open-site.ts'

const words =
  '1\n00:00:00,300 --> 00:00:02,400\nNine podcasts out of ten stop early.\n\n' +
  '2\n00:00:02,500 --> 00:00:04,700\nPlan ten episodes before the first!\n'
const few = ['--min', '3', '--count', '1', '--captions', 'none']

let home: Home
let talk: Buffer
let talkPath: string
let server: RudeServer
let answer: Answer
let site: StandInSite

beforeAll(async () => {
  home = await openHome()
  talkPath = await makeVideo({ seconds: 5, width: 90, height: 160, rate: 10 })
  talk = await readFile(talkPath)
  server = await openRudeServer((request, response, nth) => answer(request, response, nth))
  site = await openStandInSite()
})
beforeEach(() => {
  answer = (request, response) => {
    if (request.url?.endsWith('.srt')) response.end(words)
    else serveFile(request, response, { content: talk, etag: '"a"' })
  }
})
afterEach(() => void server.requests.splice(0))
afterAll(async () => {
  expect(await home.remains()).toEqual([])
  await server.close()
  await site.close()
  await home.close()
})

const allowed = { ALLOWED_PRIVATE_HOSTS: '127.0.0.1' }
const gets = (path: string) => server.requests.filter((request) => request.path.startsWith(path))

describe('clip LINK', patient, () => {
  it('makes clips of it, and brings it once', async () => {
    const desk = await home.makeDesk()
    const args = [
      `${server.origin}/shows/The%20Night.mp4?key=secret`,
      '--transcript',
      `${server.origin}/night.srt`,
      ...few,
    ]
    const first = await home.clip(args, { cwd: desk, env: allowed })
    expect(first, first.stderr).toMatchObject({ status: 0, json: { moments: [{ clip: { status: 'done' } }] } })
    expect(first.json.recording).toMatchObject({
      name: 'The Night',
      path: expect.stringContaining(join('data', 'downloads')),
    })
    expect(first.json.folder).toBe(join(desk, 'the-night-clips'))
    expect(first.stdout + first.stderr).not.toContain('secret')

    const second = await home.clip(args, { cwd: desk, env: allowed })
    expect(second, second.stderr).toMatchObject({ status: 0, json: { moments: [{ clip: { reused: true } }] } })
    const [, again] = gets('/shows')
    expect(again?.headers['if-none-match']).toBe('"a"')
  })

  it('goes on where a killed command stopped', async () => {
    const desk = await home.makeDesk()
    const half = Math.floor(talk.length / 2)
    // Half of it comes, and then nothing more, until the second command.
    let isFirst = true
    answer = (request, response) => {
      if (request.url?.endsWith('.srt')) return response.end(words)
      if (!isFirst) return serveFile(request, response, { content: talk, etag: '"b"' })
      isFirst = false
      response.writeHead(200, { etag: '"b"', 'content-length': String(talk.length) })
      return response.write(talk.subarray(0, half))
    }
    const args = [`${server.origin}/killed.mp4`, '--transcript', `${server.origin}/killed.srt`, ...few]
    const command = home.begin(args, { cwd: desk, env: allowed })
    await vi.waitFor(async () => expect(await partsOf('killed')).toEqual([half]), { timeout: 300_000, interval: 50 })
    command.interruptGroup('SIGKILL')
    await command.ended
    const second = await home.clip(args, { cwd: desk, env: allowed })
    expect(second, second.stderr).toMatchObject({ status: 0 })
    expect(gets('/killed.mp4').map(({ range }) => range)).toEqual([null, `bytes=${half}-`])
  })

  it('takes words, chapters and what is watched again from a page', async () => {
    const desk = await home.makeDesk()
    const url = `${server.origin}/watch?v=lamp`
    answer = (_, response) => response.end('<!doctype html><title>Lamp</title>')
    await site.put(url, {
      media: talkPath,
      captions: { en: `WEBVTT\n\n${words.replaceAll(',', '.')}` },
      info: {
        id: 'lamp',
        title: 'The lamp',
        language: 'en',
        duration: 5,
        subtitles: { en: [{ ext: 'vtt' }] },
        chapters: [{ start_time: 0, end_time: 900, title: 'All of it' }],
        heatmap: [{ start_time: 0, end_time: 2.5, value: 0.25 }],
      },
    })
    const result = await home.clip([url, ...few], { cwd: desk, env: { ...allowed, YTDLP_PATH: site.ytDlp } })
    expect(result, result.stderr).toMatchObject({
      status: 0,
      json: {
        recording: { name: 'The lamp' },
        transcript: { origin: { kind: 'platform' }, language: 'en' },
        moments: [{ clip: { status: 'done' } }],
      },
    })
    const id = result.json.recording?.hash ?? ''
    const notes = await notesOf(id)
    expect(notes.chapters).toMatchObject([{ start: 0, title: 'All of it' }])
    expect(notes.chapters[0]?.end).toBeLessThan(10)
    expect(notes.replay).toEqual([{ start: 0, end: 2.5, value: 0.25 }])
  })
})

describe('a link that leads to no clips', patient, () => {
  it('of this machine is not asked, unless it is meant', async () => {
    const result = await home.clip([`${server.origin}/a.mp4`, ...few], { cwd: await home.makeDesk() })
    expect(refusalOf(result)).toMatchObject({ status: 4, code: 'ADDRESS_FORBIDDEN' })
    expect(server.requests).toEqual([])
  })

  it('to a page says what is missing', async () => {
    answer = (_, response) => response.end('<!doctype html><title>Watch</title>')
    const env = { ...allowed, YTDLP_PATH: '/nowhere/yt-dlp' }
    const result = await home.clip([`${server.origin}/watch`, ...few], { cwd: await home.makeDesk(), env })
    expect(refusalOf(result)).toMatchObject({ status: 5, code: 'YTDLP_MISSING' })
  })

  it('to what only looks like a recording keeps nothing', async () => {
    answer = (request, response) => serveFile(request, response, { content: Buffer.alloc(5000, 0x01) })
    const result = await home.clip([`${server.origin}/noise.mp4`, ...few], { cwd: await home.makeDesk(), env: allowed })
    expect(refusalOf(result)).toMatchObject({ status: 4, code: expect.stringMatching(/^MEDIA_/) })
    expect((await namesIn(join(home.data, 'downloads'))).filter((name) => name.startsWith('noise'))).toEqual([])
  })

  it('to nothing ends at once', async () => {
    answer = (_, response) => response.writeHead(404).end()
    const result = await home.clip([`${server.origin}/gone.mp4`, ...few], { cwd: await home.makeDesk(), env: allowed })
    expect(refusalOf(result)).toMatchObject({ status: 4, code: 'SERVER_REFUSED' })
    expect(server.requests).toHaveLength(1)
  })
})

/** Sizes of what has come so far. */
async function partsOf(name: string): Promise<number[]> {
  const folders = (await namesIn(join(home.data, 'downloads'))).filter((each) => each.startsWith(name))
  const paths = folders.map((folder) => join(home.data, 'downloads', folder, `${name}.mp4.part`))
  const sizes = await Promise.all(paths.map((path) => stat(path).catch(() => null)))
  return sizes.flatMap((found) => found?.size ?? [])
}

async function notesOf(contentHash: string) {
  const settings = loadSettings({ DATABASE_URL: home.databaseUrl })
  const database = await openDatabase({ settings, dataFolder: home.data, logger: createLogger('silent') })
  try {
    const { id } = await database.kysely
      .selectFrom('recordings')
      .select('id')
      .where('content_hash', '=', contentHash)
      .executeTakeFirstOrThrow()
    return await getSourceNotes(database.kysely, id)
  } finally {
    await database.close()
  }
}
