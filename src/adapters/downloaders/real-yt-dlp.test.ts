import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { makeVideo } from '../../../test/support/make-media.ts'
import { openRudeServer, type RudeServer, serveFile } from '../../../test/support/rude-server.ts'
import { findMediaTools } from '../../media/find-media-tools.ts'
import { placeOfLink } from '../../pipeline/ingest/place-of-link.ts'
import { readDownloadRecord } from './download-record.ts'
import { findDownloader } from './find-downloader.ts'

// The real program on a page of ours: that it takes our options, says what we read, and goes through our proxy.
const ytDlp = process.env['CLIPWRIGHT_TEST_YTDLP']

describe.skipIf(ytDlp === undefined)('the real yt-dlp of CLIPWRIGHT_TEST_YTDLP', { timeout: 120_000 }, () => {
  let dataFolder: string
  let server: RudeServer
  let video: Buffer
  let piece: Buffer
  let pages: Record<string, string>

  beforeEach(async () => {
    dataFolder = await mkdtemp(join(tmpdir(), 'clipwright-real-'))
    video = await readFile(await makeVideo({ seconds: 1, width: 64, height: 64, rate: 5 }))
    piece = await readFile(await makeVideo({ seconds: 1, width: 64, height: 64, rate: 5, extension: 'ts' }))
    pages = {}
    server = await openRudeServer((request, response) => {
      const page = pages[request.url ?? '']
      if (page !== undefined) response.writeHead(200, { 'content-type': 'text/html' }).end(page)
      else if (request.url === '/lamp.mp4') {
        serveFile(request, response, { content: video, etag: '"a"', headers: { 'content-type': 'video/mp4' } })
      } else if (request.url === '/piece.ts') response.end(piece)
      else if (request.url === '/lamp.vtt') response.end('WEBVTT\n\n00:00.000 --> 00:01.000\nHello.\n')
      else response.writeHead(404).end()
    })
  })
  afterEach(async () => {
    await server.close()
    await rm(dataFolder, { recursive: true, force: true })
  })

  async function fetchPage(page: string, path = '/watch') {
    pages[path] = page
    const url = `${server.origin}${path}`
    const settings = {
      ALLOWED_PRIVATE_HOSTS: '127.0.0.1',
      MAX_FILE_SIZE: 500e6,
      MAX_STORAGE_GB: 10,
      YTDLP_PATH: ytDlp,
    }
    const { ffmpeg } = await findMediaTools({})
    const downloader = findDownloader({ settings, dataFolder, ffmpegPath: ffmpeg.path })
    const to = placeOfLink({ dataFolder, url })
    const messages: string[] = []
    const fetched = await downloader.fetchRecording(
      { url, to },
      {
        signal: new AbortController().signal,
        onProgress: ({ message }) => messages.push(message),
        ledger: { started: () => undefined, ended: () => undefined },
      },
    )
    return { ...fetched, to, content: await readFile(to), messages }
  }

  const sources =
    '<source src="/lamp.mp4" type="video/mp4"><track kind="subtitles" srclang="en" label="English" src="/lamp.vtt">'

  it('fetches the recording of a page', async () => {
    const fetched = await fetchPage(`<!doctype html><html><title>The lamp</title><video>${sources}</video></html>`)
    expect(fetched.content).toEqual(video)
    expect(fetched.title).toContain('The lamp')
    expect((await readDownloadRecord(fetched.to))?.captions).toMatchObject([{ language: 'en', kind: 'published' }])
    expect(fetched.messages).toContainEqual(expect.stringMatching(/^downloading [\d.]+ of [\d.]+ MB/))
  })

  it('fetches a stream in pieces', async () => {
    const list = '#EXTM3U\n#EXT-X-TARGETDURATION:1\n#EXTINF:1,\n/piece.ts\n#EXT-X-ENDLIST\n'
    const fetched = await fetchPage(list, '/lamp.m3u8')
    expect(fetched.content.byteLength).toBeGreaterThan(1000)
  })

  it('finds nothing on an empty page', async () => {
    await expect(fetchPage('<!doctype html><html><title>Nothing</title></html>')).rejects.toMatchObject({
      code: 'PAGE_REFUSED',
    })
  })

  it('does not reach what the guard forbids', async () => {
    const other = 'http://169.254.169.254/lamp.mp4'
    await expect(
      fetchPage(`<!doctype html><html><title>Evil</title><video src="${other}"></video></html>`),
    ).rejects.toMatchObject({ code: expect.stringMatching(/^(?:YTDLP|PAGE)_/) })
  })
})
