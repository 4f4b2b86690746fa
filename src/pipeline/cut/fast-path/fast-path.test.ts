import { createHash } from 'node:crypto'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { decodedFrames } from '../../../../test/support/decoded-frames.ts'
import { type CodedVideo, makeCodedVideo } from '../../../../test/support/make-coded-video.ts'
import type { Framing } from '../../../domain/clip.ts'
import { createMedia, type FfmpegRun, type Media } from '../../../media/create-media.ts'
import { findMediaTools } from '../../../media/find-media-tools.ts'
import { findNpmTool } from '../../../media/find-npm-tool.ts'
import { mediaInput } from '../../../media/media-input.ts'
import { type RenderRequest, renderClip } from '../render-clip.ts'

const whole: Framing = {
  aspect: '16:9',
  scenes: [{ start: 0, end: 60, kind: 'blurred-fit', crop: null, reason: '' }],
}
const old = findNpmTool('ffmpeg')
const builds: [string, string | null | undefined][] = [
  ['this system', undefined],
  ['npm, 2018', old],
]
const hd: CodedVideo = { size: '1280x720', seconds: 4, x264: 'bframes=3', options: ['-b:v', '2M'] }

let folder = ''
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'clipwright-fast-'))
})
afterEach(() => rm(folder, { recursive: true, force: true }))

async function mediaOf(ffmpegPath?: string | null): Promise<Media> {
  return createMedia({ tools: await findMediaTools(ffmpegPath ? { FFMPEG_PATH: ffmpegPath } : {}) })
}

async function render(path: string, { media, ...changes }: Partial<RenderRequest> & { media: Media }) {
  return renderClip({
    media,
    source: { path, info: await media.probe(path) },
    edit: { ranges: [{ start: 0.61, end: 2.8 }] },
    framing: whole,
    segments: [],
    style: { aspect: '16:9', captions: 'none' },
    threads: 2,
    workFolder: join(folder, 'work'),
    output: join(folder, 'clip.mp4'),
    title: 'A talk',
    ...changes,
  })
}

/** When beeps begin, seconds: where a tenth of full scale is first passed after a silence. */
async function beepsOf(media: Media, path: string): Promise<number[]> {
  const bytes = await media.ffmpegBytes({
    args: [...mediaInput(path), '-vn', '-ac', '1', '-ar', '8000', '-f', 's16le', 'pipe:1'],
    mostBytes: 1e7,
  })
  const loud = Array.from({ length: bytes.length / 2 }, (_, i) => Math.abs(bytes.readInt16LE(2 * i)) > 3000)
  return loud.flatMap((each, i) => (each && !loud.slice(Math.max(0, i - 400), i).includes(true) ? [i / 8000] : []))
}

describe.each(builds)('with the ffmpeg of %s', (_name, ffmpegPath) => {
  const it = test.skipIf(ffmpegPath === null)

  it('a wide clip without captions is the recording, with sound in step and at −14 LUFS', async () => {
    const media = await mediaOf(ffmpegPath)
    const path = await makeCodedVideo(hd)
    const clip = await render(path, { media })
    expect(clip.fastPath).toEqual({ used: true, detail: expect.stringMatching(/^Picture copied .* 0\.[3-6] s/) })
    expect(clip).toMatchObject({ width: 1280, height: 720, duration: 2.2, quality: { repaired: false } })
    expect(clip.quality.checks.filter(({ status }) => status === 'failed')).toEqual([])
    expect(Math.abs((clip.loudness.integrated ?? 0) + 14)).toBeLessThanOrEqual(0.5)
    const { frames, complaints } = await decodedFrames(clip.path, 1280 * 720 * 1.5, old ?? undefined)
    expect({ frames: frames.length, complaints }).toEqual({ frames: 55, complaints: [] })
    // The first frame of the clip is number 15, at 0.6 s.
    const theirs = await decodedFrames(path, 1280 * 720 * 1.5)
    expect(frames[30]?.equals(theirs.frames[45] ?? Buffer.alloc(0))).toBe(true)
    // A beep a second: those at 1 and 2.
    const beeps = await beepsOf(media, clip.path)
    expect(beeps).toHaveLength(2)
    for (const [i, beep] of beeps.entries()) expect(Math.abs(beep - (i + 0.4))).toBeLessThan(0.02)
    const bytes = await readFile(clip.path)
    expect(bytes.indexOf('moov')).toBeLessThan(bytes.indexOf('mdat'))
  })

  it('the same again gives the same bytes', async () => {
    const media = await mediaOf(ffmpegPath)
    const path = await makeCodedVideo(hd)
    const hashes = []
    for (const name of ['one', 'two']) {
      const clip = await render(path, { media, workFolder: join(folder, name), output: join(folder, `${name}.mp4`) })
      hashes.push(
        createHash('sha256')
          .update(await readFile(clip.path))
          .digest('hex'),
      )
    }
    expect(hashes[1]).toBe(hashes[0])
  })
})

test('a recording without a keyframe inside is made the normal way, and it says why', async () => {
  const clip = await render(await makeCodedVideo({ ...hd, x264: 'keyint=250:min-keyint=250' }), {
    media: await mediaOf(),
  })
  expect(clip.fastPath).toEqual({ used: false, detail: expect.stringContaining('no clean keyframe') })
  expect(clip).toMatchObject({ width: 1920, height: 1080 })
  expect(clip.quality.checks.filter(({ status }) => status === 'failed')).toEqual([])
})

test('a copy that is spoilt is found out, and made the normal way', async () => {
  const media = await mediaOf()
  const spoiling: Media = {
    ...media,
    ffmpeg: async (run: FfmpegRun) => {
      const result = await media.ffmpeg(run)
      // The frames before the first keyframe, of another encoder: its parameters are lost.
      const border = join(run.cwd ?? '', 'head.h264')
      if (run.args.at(-1) === 'head.h264') await writeFile(border, (await readFile(border)).fill(0x55, 3000, 4000))
      return result
    },
  }
  const clip = await render(await makeCodedVideo(hd), { media: spoiling })
  expect(clip.fastPath).toMatchObject({ used: false, detail: expect.stringMatching(/^Made anew: /) })
  expect(clip).toMatchObject({ width: 1920 })
})

test('a cancel while copying is a cancel', async () => {
  const abort = new AbortController()
  const media = createMedia({ tools: await findMediaTools({}), signal: abort.signal })
  const making = render(await makeCodedVideo(hd), {
    media,
    onProgress: ({ message }) => {
      if (message === 'copying the picture') abort.abort(new Error('Ctrl-C'))
    },
  })
  await expect(making).rejects.toThrow('Ctrl-C')
})
