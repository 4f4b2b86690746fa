import { describe, expect, test } from 'vitest'
import { makeCountedVideo, secondOf } from '../../../test/support/make-counted-video.ts'
import type { TimeRange } from '../../domain/time-range.ts'
import { createMedia } from '../../media/create-media.ts'
import { findMediaTools } from '../../media/find-media-tools.ts'
import { findNpmTool } from '../../media/find-npm-tool.ts'
import { sampleGrayFrames } from './sample-gray-frames.ts'

const old = findNpmTool('ffmpeg')
const builds: [string, string | null | undefined][] = [
  ['this system', undefined],
  ['npm, 2018', old],
]
const { signal } = new AbortController()

describe.each(builds)('with the ffmpeg of %s', (_name, ffmpegPath) => {
  const it = test.skipIf(ffmpegPath === null)

  it.each([
    ['mp4', 12],
    ['ts', 12],
    ['mpg', 12],
    ['h264', 12],
    ['ts', 24],
  ] as const)('samples of a .%s of %i s are of their times', async (extension, seconds) => {
    const media = createMedia({ tools: await findMediaTools(ffmpegPath ? { FFMPEG_PATH: ffmpegPath } : {}) })
    const path = await makeCountedVideo({ extension, seconds })
    const { container, video } = await media.probe(path)
    if (!video) throw new Error('the test video has no picture')
    const sample = async (scene: TimeRange) => {
      const frames = await sampleGrayFrames({ media, path, container, scene, video, signal })
      return frames.map(({ pixels }) => secondOf(pixels[0] ?? 0, seconds))
    }
    // A fifth, the half and four fifths of a long scene; a quarter and three quarters of a short one.
    expect(await sample({ start: seconds - 6.5, end: seconds - 1.5 })).toEqual([seconds - 6, seconds - 4, seconds - 3])
    expect(await sample({ start: seconds - 7, end: seconds - 5 })).toEqual([seconds - 7, seconds - 6])
    expect(await sample({ start: seconds - 0.6, end: seconds + 1 })).toEqual([seconds - 1])
  })
})
