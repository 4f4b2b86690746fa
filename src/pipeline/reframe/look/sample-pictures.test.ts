import { describe, expect, test } from 'vitest'
import { makeCountedVideo, secondOf } from '../../../../test/support/make-counted-video.ts'
import { makeVideo } from '../../../../test/support/make-media.ts'
import type { TimeRange } from '../../../domain/time-range.ts'
import { createMedia } from '../../../media/create-media.ts'
import { findMediaTools } from '../../../media/find-media-tools.ts'
import { findNpmTool } from '../../../media/find-npm-tool.ts'
import { type Sample, samplePictures, sampleRate, smallSize } from './sample-pictures.ts'

const old = findNpmTool('ffmpeg')
const builds: [string, string | null | undefined][] = [
  ['this system', undefined],
  ['npm, 2018', old],
]
const { signal } = new AbortController()

async function open(ffmpegPath?: string | null) {
  return createMedia({ tools: await findMediaTools(ffmpegPath ? { FFMPEG_PATH: ffmpegPath } : {}) })
}

/** Video counts brightness from 16 to 235. */
const fullRange = (luma: number) => ((luma - 16) * 255) / 219

async function read(path: string, range: TimeRange, media = open()): Promise<Sample[]> {
  const opened = await media
  const info = await opened.probe(path)
  const samples: Sample[] = []
  for await (const sample of samplePictures({ media: opened, path, info, range, signal })) samples.push(sample)
  return samples
}

describe.each(builds)('with the ffmpeg of %s', (_name, ffmpegPath) => {
  const it = test.skipIf(ffmpegPath === null)

  it.each([
    ['mp4', 12],
    ['ts', 12],
    ['mpg', 12],
    ['h264', 12],
    ['ts', 24],
  ] as const)('samples of a .%s of %i s are of their times', async (extension, seconds) => {
    const path = await makeCountedVideo({ extension, seconds })
    const samples = await read(path, { start: seconds - 10.5, end: seconds - 0.5 }, open(ffmpegPath))
    expect(samples).toHaveLength(10 * sampleRate)
    const wrong = samples.filter(({ time, luma }) => {
      // Away from the borders between two seconds, where a frame more or less is no mistake.
      const within = time % 1
      return within > 0.1 && within < 0.9 && secondOf(fullRange(luma[0] ?? 0), seconds) !== Math.floor(time)
    })
    expect(wrong.map(({ time }) => time)).toEqual([])
  })
})

test('is upright and square whatever the file says', async () => {
  const phone = await makeVideo({ width: 160, height: 90, rotation: 90 })
  const [sample] = await read(phone, { start: 0, end: 0.2 })
  expect(sample).toMatchObject({ width: 90, height: 160 })
  expect(smallSize({ width: 3840, height: 2160 })).toEqual({ width: 640, height: 360 })
  expect(smallSize({ width: 1080, height: 1920 })).toEqual({ width: 360, height: 640 })
  expect(smallSize({ width: 101, height: 51 })).toEqual({ width: 102, height: 52 })
})

test('colours are the colours', async () => {
  const [white] = await read(await makeVideo({ scenes: [1, 1] }), { start: 0.2, end: 0.4 })
  const { pixels } = white?.rgb() ?? { pixels: new Uint8Array() }
  expect(Math.min(...pixels.subarray(0, 300))).toBeGreaterThan(245)
})

test('ends where the picture ends', async () => {
  const path = await makeVideo({ seconds: 2, audioSeconds: 30 })
  const samples = await read(path, { start: 1, end: 29 })
  expect(samples.length).toBeGreaterThanOrEqual(sampleRate - 1)
  expect(samples.length).toBeLessThanOrEqual(sampleRate + 1)
  expect(await read(path, { start: 20, end: 29 })).toEqual([])
})

test('stops when told', async () => {
  const media = await open()
  const path = await makeVideo({})
  const info = await media.probe(path)
  const cancelled = AbortSignal.abort(new Error('enough'))
  const samples = samplePictures({ media, path, info, range: { start: 0, end: 2 }, signal: cancelled })
  await expect(samples.next()).rejects.toThrow('enough')
})
