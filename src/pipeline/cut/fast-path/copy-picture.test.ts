import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { decodedFrames } from '../../../../test/support/decoded-frames.ts'
import { type CodedVideo, makeCodedVideo } from '../../../../test/support/make-coded-video.ts'
import { createMedia, type Media } from '../../../media/create-media.ts'
import { findMediaTools } from '../../../media/find-media-tools.ts'
import { findNpmTool } from '../../../media/find-npm-tool.ts'
import { chooseFrameRate, perSecond } from '../graph/choose-frame-rate.ts'
import { checkSeams } from './check-seams.ts'
import { NoFastPath } from './choose-copy.ts'
import { copyPicture } from './copy-picture.ts'

const size = 160 * 90 * 1.5
const old = findNpmTool('ffmpeg')
const builds: [string, string | null | undefined][] = [
  ['this system', undefined],
  ['npm, 2018', old],
]

let folder = ''
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'clipwright-copy-'))
})
afterEach(() => rm(folder, { recursive: true, force: true }))

async function mediaOf(ffmpegPath: string | null | undefined): Promise<Media> {
  return createMedia({ tools: await findMediaTools(ffmpegPath ? { FFMPEG_PATH: ffmpegPath } : {}) })
}

async function copy(media: Media, { path, start, seconds }: { path: string; start: number; seconds: number }) {
  const info = await media.probe(path)
  const { video } = info
  if (!video) throw new Error('no picture')
  const frameRate = chooseFrameRate(video)
  const frameCount = Math.round(seconds * perSecond(frameRate))
  const fileName = 'picture.mp4'
  const source = { path, info: { ...info, video } }
  const made = await copyPicture({ media, source, start, frameRate, frameCount, threads: 2, folder, fileName })
  await checkSeams({ media, folder, fileName, frameRate, frameCount, copied: made.copied })
  return { ...made, frameRate, frameCount, path: join(folder, fileName), pictureFrom: video.startTime }
}

/** Decibels; Infinity for equal pictures. */
function likeness(a: Buffer, b: Buffer): number {
  let sum = 0
  for (let i = 0; i < a.length; i++) sum += ((a[i] ?? 0) - (b[i] ?? 0)) ** 2
  return sum === 0 ? Infinity : 10 * Math.log10((255 ** 2 * a.length) / sum)
}

const ways: [string, CodedVideo & { from?: number }][] = [
  ['MP4 with pictures out of order', { x264: 'bframes=3:b-pyramid=2' }],
  ['MP4 with every picture in order', { x264: 'bframes=0' }],
  ['Matroska, 23.976 a second', { extension: 'mkv', rate: '24000/1001', x264: 'bframes=2' }],
  ['MPEG-TS, 29.97 a second', { extension: 'ts', rate: '30000/1001', x264: 'bframes=3' }],
  [
    'a clean keyframe, then groups that refer to the group before',
    { x264: 'bframes=3:open-gop=1:keyint=25:min-keyint=25', from: 0 },
  ],
  [
    '60 a second, many slices, main profile',
    { rate: '60', seconds: 5, x264: 'slices=4', options: ['-profile:v', 'main'] },
  ],
  ['baseline profile', { options: ['-profile:v', 'baseline'] }],
  [
    'MOV with bt709 colours of full range',
    {
      extension: 'mov',
      options: ['-pix_fmt', 'yuvj420p', '-colorspace', 'bt709', '-color_primaries', 'bt709', '-color_trc', 'bt709'],
    },
  ],
]

describe.each(builds)('with the ffmpeg of %s', (_name, ffmpegPath) => {
  const it = test.skipIf(ffmpegPath === null)

  it.each(ways)(
    '%s: the middle is the recording itself, the ends are like it',
    async (_way, { from = 0.63, ...video }) => {
      const media = await mediaOf(ffmpegPath)
      const path = await makeCodedVideo(video)
      const seconds = (video.seconds ?? 6) - 2.3
      const { start, copied, frameRate, frameCount, pictureFrom, ...clip } = await copy(media, {
        path,
        start: from,
        seconds,
      })
      const rate = perSecond(frameRate)
      expect(Math.abs(start - from)).toBeLessThanOrEqual(0.5 / rate + 0.001)
      const first = Math.round((start - pictureFrom) * rate)
      const theirs = await decodedFrames(path, size)
      // Each build decodes the same; the other one must manage as well.
      for (const player of [undefined, old ?? undefined]) {
        const ours = await decodedFrames(clip.path, size, player)
        expect(ours.frames).toHaveLength(frameCount)
        expect(ours.complaints).toEqual([])
        for (const [i, time] of ours.times.entries()) expect(Math.abs(time - i / rate)).toBeLessThan(0.0002)
        const likenesses = ours.frames.map((frame, i) => likeness(frame, theirs.frames[first + i] ?? frame))
        expect(likenesses.slice(copied.firstFrame, copied.endFrame).every((each) => each === Infinity)).toBe(true)
        expect(Math.min(...likenesses)).toBeGreaterThan(38)
      }
      expect(copied.endFrame - copied.firstFrame).toBeGreaterThanOrEqual(frameCount / 2)
      expect(frameCount - copied.endFrame).toBeLessThan(8)
    },
  )
})

test.each<[string, CodedVideo, string]>([
  ['without a keyframe inside', { x264: 'keyint=250:min-keyint=250' }, 'no clean keyframe'],
  ['with too late a keyframe', { x264: 'keyint=100:min-keyint=100' }, 'so far apart'],
  ['whose keyframes are not clean', { x264: 'bframes=3:open-gop=1:keyint=25:min-keyint=25' }, 'no clean keyframe'],
  ['with finer colours', { options: ['-pix_fmt', 'yuv422p'] }, 'colours are finer'],
  ['that may be coded as fields', { size: '160x96', x264: 'interlaced=1' }, 'fields'],
  ['with pixels that are not square', { options: ['-vf', 'setsar=4/3'] }, 'not square'],
  ['with holes between its pictures', { options: ['-vf', "select='not(between(n,60,61))'", '-vsync', '0'] }, 'evenly'],
])('a recording %s is not copied', async (_, video, why) => {
  const copying = copy(await mediaOf(undefined), { path: await makeCodedVideo(video), start: 0.63, seconds: 5 })
  await expect(copying).rejects.toThrow(why)
  await expect(copying).rejects.toBeInstanceOf(NoFastPath)
})
