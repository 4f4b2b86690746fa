import { describe, expect, test } from 'vitest'
import { makeCountedVideo, secondOf } from '../../test/support/make-counted-video.ts'
import { createMedia, type Media } from './create-media.ts'
import { findMediaTools } from './find-media-tools.ts'
import { findNpmTool } from './find-npm-tool.ts'
import { mediaInput } from './media-input.ts'
import { dropPicture, dropSound, seekInput } from './seek-input.ts'

const old = findNpmTool('ffmpeg')
const builds: [string, string | null | undefined][] = [
  ['this system', undefined],
  ['npm, 2018', old],
]

interface Stretch {
  path: string
  start: number
  seconds?: number
}

/** The second shown by each frame from `start` on, by frames of the constant rate that clips have. */
async function secondsSeen(media: Media, { path, start, seconds = 2 }: Stretch, length = 12): Promise<number[]> {
  const { container } = await media.probe(path)
  const { args, skip } = seekInput({ path, container, start, seconds })
  const filters = [...dropPicture(skip), 'fps=fps=25:start_time=0', `trim=end_frame=${25 * seconds}`, 'scale=1:1']
  const bytes = await media.ffmpegBytes({
    args: [...args, '-an', '-vf', filters.join(','), '-pix_fmt', 'gray', '-f', 'rawvideo', 'pipe:1'],
    mostBytes: 10_000,
  })
  return [...bytes].map((gray) => secondOf(gray, length))
}

/** When beeps begin, seconds from `start`; the first one may have begun before. */
async function beepsHeard(media: Media, { path, start, seconds = 2 }: Stretch): Promise<number[]> {
  const { container } = await media.probe(path)
  const { args, skip } = seekInput({ path, container, start, seconds, options: ['-vn'] })
  const filters = [...dropSound(skip), 'aresample=8000:async=1:first_pts=0', `atrim=end=${seconds}`]
  const bytes = await media.ffmpegBytes({
    args: [...args, '-af', filters.join(','), '-ac', '1', '-f', 's16le', 'pipe:1'],
    mostBytes: 100_000,
  })
  const samples = Array.from({ length: bytes.length / 2 }, (_, i) => Math.abs(bytes.readInt16LE(2 * i)))
  const loud = samples.flatMap((level, i) => (level > 4000 ? [i / 8000] : []))
  return loud.filter((time, i) => i === 0 || time - (loud[i - 1] ?? 0) > 0.3)
}

/** How many frames each second is seen for, in the order they come. */
function countsOf(seconds: readonly number[]): [second: number, frames: number][] {
  return [...new Set(seconds)].map((second) => [second, seconds.filter((each) => each === second).length])
}

test('an ordinary container is opened at the time itself, and read no further than asked for', () => {
  const input = seekInput({ path: '/a.mp4', container: 'mov,mp4,m4a,3gp,3g2,mj2', start: 62.72, seconds: 3 })
  expect(input).toEqual({ args: mediaInput('/a.mp4', ['-ss', '62.720', '-t', '3.000']), skip: 0 })
  expect(dropPicture(input.skip)).toEqual([])
  expect(dropSound(input.skip)).toEqual([])
})

test('without an index reading begins before; without times at the beginning', () => {
  const open = (container: string, start: number) => {
    const { args, skip } = seekInput({ path: '/a', container, start, seconds: 3, options: ['-an'] })
    return [...args.slice(0, args.indexOf('-protocol_whitelist')), skip]
  }
  expect(open('mpegts', 62.72)).toEqual(['-an', '-ss', '47.720', '-t', '18.000', 15])
  expect(open('mpeg', 6.2)).toEqual(['-an', '-itsoffset', '0.000001', '-t', '9.200', 6.2])
  expect(open('h264', 62.72)).toEqual(['-an', '-itsoffset', '0.000001', '-t', '65.720', 62.72])
  expect(dropPicture(6.2)).toEqual(['trim=start=6.200', 'setpts=PTS-(6.200)/TB'])
})

describe.each(builds)('with the ffmpeg of %s', (_name, ffmpegPath) => {
  const it = test.skipIf(ffmpegPath === null)
  const open = async () => createMedia({ tools: await findMediaTools(ffmpegPath ? { FFMPEG_PATH: ffmpegPath } : {}) })

  it.each(['mp4', 'mkv', 'ts', 'mpg', 'h264'] as const)(
    '%s is seen and heard from between two keyframes on',
    async (extension) => {
      const media = await open()
      const path = await makeCountedVideo({ extension })
      for (const start of [0, 1.4, 6.2, 9.4]) {
        const counts = countsOf(await secondsSeen(media, { path, start }))
        const first = Math.floor(start)
        expect(counts.map(([second]) => second)).toEqual(start === 0 ? [0, 1] : [first, first + 1, first + 2])
        // A frame more or less: what begins at 6.21 in the file is not at 6.2.
        expect(Math.abs((counts[0]?.[1] ?? 0) - 25 * (first + 1 - start))).toBeLessThan(1.01)
        if (extension === 'h264') continue
        const beeps = await beepsHeard(media, { path, start })
        const expected = start === 0 ? [0, 1] : [first + 1 - start, first + 2 - start]
        expect(beeps).toHaveLength(2)
        for (const [i, beep] of beeps.entries()) expect(Math.abs(beep - (expected[i] ?? 0))).toBeLessThan(0.04)
      }
    },
  )

  it.each(['ts', 'mpg'] as const)('deep in a long %s too', async (extension) => {
    const media = await open()
    const path = await makeCountedVideo({ extension, seconds: 24 })
    for (const start of [17.4, 21.4]) {
      const seen = countsOf(await secondsSeen(media, { path, start }, 24))
      const first = Math.floor(start)
      expect(seen.map(([second]) => second)).toEqual([first, first + 1, first + 2])
      expect(Math.abs((seen[0]?.[1] ?? 0) - 15)).toBeLessThan(1.01)
      const [beep = 9] = await beepsHeard(media, { path, start })
      expect(Math.abs(beep - 0.6)).toBeLessThan(0.04)
    }
  })

  it('counts from the beginning of the recording, whichever of its streams is in use', async () => {
    const media = await open()
    const path = await makeCountedVideo({ extension: 'ts', pictureDelay: 0.6 })
    const { video } = await media.probe(path)
    expect(video?.startTime).toBeCloseTo(0.6, 1)
    // Second 3 of the picture begins at 3.6 of the recording.
    expect(countsOf(await secondsSeen(media, { path, start: 3.2, seconds: 1 }))).toEqual([
      [2, expect.closeTo(10, -1)],
      [3, expect.closeTo(15, -1)],
    ])
  })
})
