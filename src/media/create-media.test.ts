import { existsSync } from 'node:fs'
import { copyFile, mkdir, readFile, truncate, writeFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join, resolve } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import {
  claimDuration,
  makeAudio,
  makePicture,
  makeVideo,
  mediaFolder,
  runFfmpeg,
} from '../../test/support/make-media.ts'
import { createMedia, type FfmpegProgressReport, type Media } from './create-media.ts'
import { findMediaTools, type MediaToolSettings } from './find-media-tools.ts'
import { findNpmTool } from './find-npm-tool.ts'
import { mediaInput } from './media-input.ts'

const fixtures = resolve(import.meta.dirname, '../../test/fixtures/tools')
const npm = { FFMPEG_PATH: findNpmTool('ffmpeg') ?? '', FFPROBE_PATH: findNpmTool('ffprobe') ?? '' }

async function mediaWith(settings: MediaToolSettings = {}): Promise<Media> {
  return createMedia({ tools: await findMediaTools(settings) })
}

/** A file of this text or these bytes, in a folder of its own name. */
async function fileOf(name: string, content: string | Buffer): Promise<string> {
  const path = join(mediaFolder(), name)
  await writeFile(path, content)
  return path
}

const codeOf = (work: Promise<unknown>) =>
  work.then(
    () => 'no failure',
    (error: unknown) => (error as { code?: string }).code,
  )

describe.each([
  { build: 'the system’s ffmpeg', settings: {} },
  { build: 'ffmpeg from npm', settings: npm },
])('with $build', ({ settings }) => {
  let media: Media

  beforeAll(async () => {
    media = await mediaWith(settings)
  })

  it('probes a video', async () => {
    const info = await media.probe(await makeVideo({ seconds: 2, width: 320, height: 180, rate: 30 }))
    expect(info).toMatchObject({
      container: expect.stringContaining('mp4'),
      video: { codec: 'h264', width: 320, height: 180, frameRate: 30, rotation: 0, variableFrameRate: false },
      audio: [{ codec: 'aac', channels: 1, sampleRate: 44_100 }],
      warnings: [],
    })
    expect(info.duration).toBeCloseTo(2, 1)
  })

  it.each([90, 180, 270])('sees a phone turned by %i degrees', async (rotation) => {
    const { video } = await media.probe(await makeVideo({ rotation, seconds: 1, width: 320, height: 180 }))
    expect(video).toMatchObject({
      rotation,
      ...(rotation === 180 ? { width: 320, height: 180 } : { width: 180, height: 320 }),
    })
  })

  it('finds several audio tracks and subtitles', async () => {
    const subtitles = '1\n00:00:00,000 --> 00:00:01,000\nHello.\n'
    const info = await media.probe(await makeVideo({ moreAudio: ['fra', 'deu'], subtitles, extension: 'mkv' }))
    expect(info.audio.map(({ language }) => language)).toEqual([null, 'fra', 'deu'])
    expect(info.subtitles).toMatchObject([{ codec: 'subrip', isText: true }])
  })

  it('takes a cover for a cover', async () => {
    const info = await media.probe(await makeAudio({ cover: true }))
    expect(info).toMatchObject({ video: null, coverArt: { streamIndex: 1 }, audio: [{ codec: 'mp3' }] })
  })

  it('measures what claims to last 12 hours', async () => {
    const claim = async (extension: 'mp4' | 'mkv') => {
      const to = join(mediaFolder(), `twelve-hours.${extension}`)
      return media.probe(await claimDuration(await makeVideo({ seconds: 2, extension }), { seconds: 43_200, to }))
    }
    // Newer builds don't believe the claim of an mp4 in the first place.
    expect((await claim('mp4')).duration).toBeCloseTo(2, 1)
    const info = await claim('mkv')
    expect(info.duration).toBeCloseTo(2, 1)
    expect(info.warnings.join()).toContain('12:00:00')
  })

  it('measures what is cut off in the middle', async () => {
    const path = join(mediaFolder(), 'cut-off.mp4')
    await runFfmpeg(['-i', await makeVideo({ seconds: 20 }), '-c', 'copy', '-movflags', '+faststart', path])
    await truncate(path, Math.round((await readFile(path)).length * 0.6))
    const info = await media.probe(path)
    expect(info.duration).toBeGreaterThan(8)
    expect(info.duration).toBeLessThan(16)
    expect(info.warnings.join()).toContain('0:20')
  })

  it('measures what does not say how long it is', async () => {
    const video = await makeVideo({ seconds: 2 })
    const raw = join(mediaFolder(), 'raw.h264')
    await runFfmpeg(['-i', video, '-an', '-c', 'copy', raw])
    // Without a way back to write it, Matroska has no duration.
    const live = join(mediaFolder(), 'live.mkv')
    await runFfmpeg(['-i', video, '-c', 'copy', '-live', '1', live])
    for (const path of [raw, live]) {
      const info = await media.probe(path)
      expect(info.duration).toBeGreaterThan(1.9)
      expect(info.duration).toBeLessThan(2.1)
      expect(info.warnings.join()).toContain('does not say how long')
    }
  })

  it('reads MPEG-TS, whose times begin anywhere', async () => {
    const info = await media.probe(await makeVideo({ seconds: 2, extension: 'ts' }))
    expect(info).toMatchObject({ container: 'mpegts', video: { width: 160 } })
    expect(info.duration).toBeCloseTo(2, 1)
    expect(info.video?.startTime).toBeLessThan(0.1)
  })

  it('reads odd sizes', async () => {
    const { video } = await media.probe(await makeVideo({ width: 161, height: 91, seconds: 1 }))
    expect(video).toMatchObject({ width: 161, height: 91 })
  })

  it.each([
    '-dash.mp4',
    '--help',
    'a:b.mp4',
    'http:example.mp4',
    'concat:x|y.mp4',
    `it's "quoted".mp4`,
    'new\nline.mp4',
    'émoji 🎬.mp4',
    '100%d%%.mp4',
    '[x]{1,2}*?.mp4',
    'back\\slash.mp4',
    ' leading and trailing ',
  ])('opens a file called %j', async (name) => {
    const folder = join(mediaFolder(), 'names')
    await mkdir(folder, { recursive: true })
    const path = join(folder, name)
    await copyFile(await makeVideo({ seconds: 1 }), path)
    expect(await media.probe(path)).toMatchObject({ video: { width: 160 } })
    await media.ffmpeg({ args: [...mediaInput(path), '-frames:v', '1', '-f', 'null', '-'] })
  })

  it('opens nothing that a list names', async () => {
    let requests = 0
    const server = createServer((_, response) => {
      requests++
      response.end()
    })
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
    const { port } = server.address() as AddressInfo
    const url = `http://127.0.0.1:${port}/secret.ts`
    const secret = await makeVideo({ seconds: 1, extension: 'ts' })
    const hls = (target: string) => `#EXTM3U\n#EXT-X-TARGETDURATION:10\n#EXTINF:10,\n${target}\n#EXT-X-ENDLIST\n`
    const dash = `<?xml version="1.0"?><MPD xmlns="urn:mpeg:dash:schema:mpd:2011" type="static" mediaPresentationDuration="PT9S"><Period><AdaptationSet mimeType="video/mp4"><Representation id="1" bandwidth="1"><BaseURL>${url}</BaseURL></Representation></AdaptationSet></Period></MPD>`
    const sdp = `v=0\no=- 0 0 IN IP4 127.0.0.1\ns=x\nc=IN IP4 127.0.0.1\nt=0 0\nm=video ${port} RTP/AVP 96\na=rtpmap:96 H264/90000\n`
    const lists = [
      await fileOf('url.m3u8', hls(url)),
      await fileOf('url-list.mp4', hls(url)),
      await fileOf('local.m3u8', hls(secret)),
      await fileOf('concat.mp4', `ffconcat version 1.0\nfile '${secret}'\n`),
      await fileOf('concat-url.mp4', `ffconcat version 1.0\nfile '${url}'\n`),
      await fileOf('concat.ffconcat', `ffconcat version 1.0\nfile ${secret.split('/').at(-1)}\n`),
      await fileOf('dash.mpd', dash),
      await fileOf('stream.sdp', sdp),
    ]
    try {
      for (const path of lists) {
        expect([path, await codeOf(media.probe(path))]).toEqual([path, 'MEDIA_NOT_ALLOWED'])
        // The same door for whoever skips the probe.
        expect(await codeOf(media.ffmpeg({ args: [...mediaInput(path), '-f', 'null', '-'] }))).toBe('FFMPEG_FAILED')
      }
      expect(requests).toBe(0)
    } finally {
      server.close()
    }
  })

  it('refuses pictures, also by a name that means many of them', async () => {
    const [one, another] = [join(mediaFolder(), 'p1.png'), join(mediaFolder(), 'p%d.png')]
    await copyFile(await makePicture(), one)
    await copyFile(await makePicture(), another)
    for (const path of [one, another, await makePicture('jpg')])
      expect(await codeOf(media.probe(path))).toBe('MEDIA_NOT_ALLOWED')
  })

  it('says that text, noise and an mp4 without its index are unreadable', async () => {
    const video = await readFile(await makeVideo({ seconds: 2 }))
    const files = [
      await fileOf('text.mp4', 'This is not a video. '.repeat(200)),
      await fileOf('noise.mp4', Buffer.from(Array.from({ length: 5000 }, (_, i) => (i * 7919) % 251))),
      await fileOf('no-index.mp4', video.subarray(0, video.indexOf('moov') - 4)),
      await fileOf('short.mp4', video.subarray(0, 10)),
    ]
    for (const path of files) {
      const failure = await media.probe(path).catch((error: unknown) => error)
      expect(failure).toMatchObject({
        code: 'MEDIA_UNREADABLE',
        message: expect.stringContaining(path),
        retry: 'never',
      })
    }
  })

  it('reports progress that only goes forward, to the end', async () => {
    const reports: FfmpegProgressReport[] = []
    const duration = 6
    const path = await makeVideo({ seconds: duration, width: 640, height: 360 })
    const args = [...mediaInput(path), '-c:v', 'libx264', '-preset', 'veryfast', '-f', 'null', '-']
    await media.ffmpeg({ args, duration, onProgress: (report) => reports.push(report) })
    const fractions = reports.map(({ fraction }) => fraction)
    expect(fractions).toEqual(fractions.toSorted((a, b) => a - b))
    expect(fractions.at(-1)).toBe(1)
    expect(reports.at(-1)?.time).toBeCloseTo(duration, 0)
    expect(reports.at(-1)?.frames).toBe(150)
  })

  it('hands over lines as they come', async () => {
    const lines: string[] = []
    const path = await makeAudio({ seconds: 2 })
    const args = [...mediaInput(path), '-af', 'ebur128', '-f', 'null', '-']
    await media.ffmpegLines({ args, onLine: (line) => lines.push(line) })
    expect(lines.filter((line) => line.includes('M:')).length).toBeGreaterThan(15)
  })
})

describe('media', () => {
  it('hands over the bytes that ffmpeg writes, and notes its process', async () => {
    const noted: string[] = []
    const ledger = {
      started: ({ pid }: { pid: number }) => void noted.push(`started ${pid}`),
      ended: ({ pid }: { pid: number }) => void noted.push(`ended ${pid}`),
    }
    const media = createMedia({ tools: await findMediaTools({}), ledger })
    const args = [...mediaInput(await makeVideo({})), '-frames:v', '2', '-pix_fmt', 'gray', '-f', 'rawvideo', 'pipe:1']
    const mostBytes = 2 * 160 * 90
    expect((await media.ffmpegBytes({ args, mostBytes })).length).toBe(mostBytes)
    const [pid] = /\d+/.exec(noted[0] ?? '') ?? []
    expect(noted).toEqual([`started ${pid}`, `ended ${pid}`])
    await expect(media.ffmpegBytes({ args, mostBytes: mostBytes - 1 })).rejects.toThrow('more than the 28799 bytes')
    expect(noted).toHaveLength(4)
  })

  it('waits for bytes as long as it is told to, then ends what hangs', async () => {
    const media = await mediaWith({ FFMPEG_PATH: join(fixtures, 'hanging-ffmpeg.mjs') })
    const run = { args: [], mostBytes: 1 }
    expect(await codeOf(media.ffmpegBytes({ ...run, timeoutSeconds: 0.2, stallSeconds: 5 }))).toBe('FFMPEG_TIMED_OUT')
    expect(await codeOf(media.ffmpegBytes({ ...run, stallSeconds: 0.2 }))).toBe('FFMPEG_STALLED')
  })

  it('remembers a probe until the file changes', async () => {
    const started: string[] = []
    const ledger = { started: ({ command }: { command: string }) => void started.push(command), ended: () => {} }
    const media = createMedia({ tools: await findMediaTools({}), ledger })
    const path = join(mediaFolder(), 'changing.mp4')
    await copyFile(await makeVideo({ seconds: 1 }), path)
    const first = await media.probe(path)
    const before = started.length
    first.warnings.push('written into the answer')
    expect((await media.withSignal(new AbortController().signal).probe(path)).warnings).toEqual([])
    expect(started.length).toBe(before)
    await copyFile(await makeVideo({ seconds: 2 }), path)
    expect((await media.probe(path)).duration).toBeCloseTo(2, 1)
    expect(started.length).toBeGreaterThan(before)
  })

  it('runs at most two probes at once', async () => {
    let [running, most] = [0, 0]
    const ledger = {
      started: () => {
        running++
        most = Math.max(most, running)
      },
      ended: () => {
        running--
      },
    }
    const media = createMedia({ tools: await findMediaTools({}), ledger })
    const original = await makeVideo({ seconds: 1 })
    const paths = Array.from({ length: 6 }, (_, i) => join(mediaFolder(), `pool-${i}.mp4`))
    for (const path of paths) await copyFile(original, path)
    await Promise.all(paths.map((path) => media.probe(path)))
    expect(most).toBeLessThanOrEqual(2)
    expect(running).toBe(0)
  })

  it('ends with either of its signals', async () => {
    const [outer, inner] = [new AbortController(), new AbortController()]
    const tools = await findMediaTools({ FFMPEG_PATH: join(fixtures, 'hanging-ffmpeg.mjs') })
    const media = createMedia({ tools, signal: outer.signal }).withSignal(inner.signal)
    const work = media.ffmpeg({ args: [] })
    outer.abort(new Error('the whole run'))
    await expect(work).rejects.toThrow('the whole run')
    await expect(media.ffmpeg({ args: [] })).rejects.toThrow('the whole run')
  })

  it('ends an ffmpeg that hangs', async () => {
    const media = await mediaWith({ FFMPEG_PATH: join(fixtures, 'hanging-ffmpeg.mjs') })
    expect(await codeOf(media.ffmpeg({ args: [], stallSeconds: 0.2 }))).toBe('FFMPEG_STALLED')
  })

  it('keeps what a failed ffmpeg said', async () => {
    const failure = await (await mediaWith())
      .ffmpeg({ args: ['-i', '/nowhere.mp4', '-f', 'null', '-'] })
      .catch((error: unknown) => error)
    expect(failure).toMatchObject({
      code: 'FFMPEG_FAILED',
      evidence: {
        command: expect.stringContaining('/nowhere.mp4'),
        exitCode: 1,
        output: expect.stringContaining('No such file'),
      },
    })
  })

  it.skipIf(!existsSync('/dev/full'))('knows a full disk', async () => {
    const args = [...mediaInput(await makeVideo({ seconds: 2 })), '-y', '-f', 'matroska', 'file:/dev/full']
    expect(await codeOf((await mediaWith()).ffmpeg({ args }))).toBe('NO_SPACE')
  })

  it('probes one frame of 8K', async () => {
    const path = await makeVideo({ seconds: 0.04, width: 7680, height: 4320, audio: 'none' })
    expect(await (await mediaWith()).probe(path)).toMatchObject({ video: { width: 7680, height: 4320 } })
  })
})
