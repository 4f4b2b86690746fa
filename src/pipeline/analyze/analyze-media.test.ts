import { existsSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { makeAudio, makeVideo, mediaFolder, runFfmpeg, type VideoOptions } from '../../../test/support/make-media.ts'
import type { Analysis } from '../../domain/observation.ts'
import { createMedia, type Media } from '../../media/create-media.ts'
import { findMediaTools } from '../../media/find-media-tools.ts'
import { findNpmTool } from '../../media/find-npm-tool.ts'
import { analyzeMedia } from './analyze-media.ts'
import { findExactSceneCuts, findSceneCuts } from './find-scenes.ts'
import { fittingThreshold, measureLoudness } from './measure-loudness.ts'

const outside = process.env['CLIPWRIGHT_TEST_MEDIA']
const npm = { FFMPEG_PATH: findNpmTool('ffmpeg') ?? '', FFPROBE_PATH: findNpmTool('ffprobe') ?? '' }

let media: Media

async function analyze(path: string): Promise<Analysis> {
  return analyzeMedia({ path, info: await media.probe(path), media })
}

async function cutsOf(options: VideoOptions) {
  const path = await makeVideo(options)
  return findSceneCuts({ media, path, info: await media.probe(path) })
}

async function exactCutsOf(path: string, range: { start: number; end: number }) {
  return findExactSceneCuts({ media, path, info: await media.probe(path), range })
}

describe.each([
  { build: 'the system’s ffmpeg', settings: {} },
  { build: 'ffmpeg from npm', settings: npm },
])('with $build', ({ settings }) => {
  beforeAll(async () => {
    media = createMedia({ tools: await findMediaTools(settings) })
  })

  it('finds cuts at the keyframe after them', async () => {
    expect((await cutsOf({ scenes: [3, 4, 3], keyframeEvery: 1 })).cuts).toEqual([3, 7])
    expect((await cutsOf({ scenes: [2.4, 3, 2.6], keyframeEvery: 1, audio: 'none' })).cuts).toEqual([3, 6])
  })

  it('finds cuts that follow each other from keyframe to keyframe', async () => {
    expect((await cutsOf({ scenes: [2, 2, 2, 2], keyframeEvery: 2, audio: 'none' })).cuts).toEqual([2, 4, 6])
  })

  it('finds none where there are none', async () => {
    expect(await cutsOf({ seconds: 6, keyframeEvery: 1 })).toEqual({ cuts: [], warnings: [] })
  })

  it('decodes all of a recording that has hardly any keyframes, and says so', async () => {
    const { cuts, warnings } = await cutsOf({ scenes: [11, 14], rate: 5, keyframeEvery: 60, audio: 'none' })
    expect(cuts).toEqual([11])
    expect(warnings.join()).toContain('keyframes')
  })

  it.each(['mp4', 'mkv', 'ts'] as const)('finds cuts to the frame in %s', async (extension) => {
    const path = await makeVideo({ scenes: [2.4, 3, 2.6], keyframeEvery: 4, audio: 'none', extension })
    const cuts = await exactCutsOf(path, { start: 1, end: 8 })
    expect(cuts).toHaveLength(2)
    expect(Math.abs((cuts[0] ?? 0) - 2.4)).toBeLessThanOrEqual(0.041)
    expect(Math.abs((cuts[1] ?? 0) - 5.4)).toBeLessThanOrEqual(0.041)
  })

  it('finds cuts to the frame in a stream without timestamps', async () => {
    const video = await makeVideo({ scenes: [2.4, 3, 2.6], keyframeEvery: 4, audio: 'none' })
    const raw = join(mediaFolder(), 'scenes.h264')
    await runFfmpeg(['-i', video, '-c', 'copy', raw])
    expect(await exactCutsOf(raw, { start: 4, end: 7 })).toEqual([5.4])
  })

  it('keeps to the range: its first frame may be a cut, its end is not in it', async () => {
    const path = await makeVideo({ scenes: [2.4, 3, 2.6], keyframeEvery: 4, audio: 'none' })
    expect(await exactCutsOf(path, { start: 2.4, end: 5.4 })).toEqual([2.4])
    expect(await exactCutsOf(path, { start: 2.44, end: 5.36 })).toEqual([])
    expect(await exactCutsOf(path, { start: 3, end: 3 })).toEqual([])
  })

  it('measures loudness and silences of bursts', async () => {
    const { loudness, silences, scenes } = await analyze(
      await makeAudio({ seconds: 5, sound: 'speech-like', extension: 'wav' }),
    )
    expect(scenes).toEqual([])
    expect(loudness.values).toHaveLength(5)
    // A sine of amplitude 0.3 has -13.5 dB; half the time of it -16.5 dB; BS.1770 takes 0.7 off a full mono sine at 1 kHz.
    for (const value of loudness.values) expect(Math.abs(value + 17)).toBeLessThan(1.5)
    expect(silences.map(({ start }) => Math.round(start * 100) / 100)).toEqual([0.5, 1.5, 2.5, 3.5, 4.5])
    expect(silences.at(-1)?.end).toBeCloseTo(5, 1)
  })

  it('hears silence before a late track and after an early end', async () => {
    const analysis = await analyze(await makeVideo({ seconds: 6, audioSeconds: 2, audioDelay: 1.5, extension: 'mkv' }))
    expect(analysis.loudness.values).toHaveLength(6)
    expect(analysis.loudness.values.map((value) => value > -30)).toEqual([false, true, true, true, false, false])
    const [before, after] = analysis.silences
    expect(analysis.silences).toHaveLength(2)
    expect(before?.start).toBe(0)
    expect(before?.end).toBeCloseTo(1.5, 1)
    expect(after?.start).toBeCloseTo(3.5, 0)
    expect(after?.end).toBe(6)
  })

  it('calls a silent track silent', async () => {
    const { loudness, silences, warnings, scenes } = await analyze(await makeVideo({ seconds: 3, audio: 'silence' }))
    expect(loudness.integrated).toBe(-70)
    expect(new Set(loudness.values)).toEqual(new Set([-70]))
    expect(silences).toHaveLength(1)
    expect(silences[0]?.start).toBe(0)
    expect(warnings.join()).toContain('silent')
    expect(scenes).toHaveLength(1)
  })

  it('does not take a quiet recording for silence', async () => {
    const { loudness, silences, warnings } = await analyze(
      await makeAudio({ seconds: 3, sound: 'quiet', extension: 'wav' }),
    )
    expect(loudness.integrated).toBeLessThan(-45)
    expect(silences).toEqual([])
    expect(warnings.join()).toContain('very quiet')
  })

  it('finds the pauses of a noisy recording', async () => {
    const { silences } = await analyze(await makeAudio({ seconds: 4, sound: 'noisy-bursts', extension: 'wav' }))
    expect(silences).toHaveLength(4)
  })

  it('has nothing to hear without audio', async () => {
    const path = await makeVideo({ seconds: 2, audio: 'none' })
    const { loudness, silences } = await measureLoudness({ media, path, info: await media.probe(path) })
    expect(loudness).toEqual({ step: 1, values: [], integrated: null })
    expect(silences).toEqual([])
  })

  it('covers picture and sound at once, with progress to the end', async () => {
    const fractions: number[] = []
    const path = await makeVideo({ scenes: [3, 4, 3], keyframeEvery: 1 })
    const info = await media.probe(path)
    const { scenes } = await analyzeMedia({ path, info, media, onProgress: (fraction) => fractions.push(fraction) })
    expect(scenes.map(({ start }) => start)).toEqual([0, 3, 7])
    expect(scenes.at(-1)?.end).toBe(info.duration)
    expect(fractions).toEqual(fractions.toSorted((a, b) => a - b))
    expect(fractions.at(-1)).toBe(1)
  })

  it.skipIf(!outside)('finds the cut of a real podcast, to the same frame both ways', async () => {
    const path = join(outside ?? '', 'openshorts-source.mp4')
    expect((await analyze(path)).scenes.map(({ start }) => start)).toEqual([0, 5.4])
    expect(await exactCutsOf(path, { start: 3, end: 9 })).toEqual([5.4])
  })

  it.skipIf(!outside)('hears the pauses of a speech under hiss', async () => {
    const { silences, loudness } = await analyze(join(outside ?? '', 'jfk.wav'))
    expect(loudness.integrated).toBeCloseTo(-15.4, 0)
    // Between "fellow Americans" and "ask not", and before "ask what you can do".
    expect(silences.some(({ start, end }) => start > 2 && end < 3.5)).toBe(true)
    expect(silences.some(({ start, end }) => start > 7.5 && end < 8.5)).toBe(true)
  })

  it.skipIf(!outside)('sees one fixed camera as few scenes', async () => {
    const { scenes } = await analyze(join(outside ?? '', 'one-by-one-person-detection.mp4'))
    expect(scenes.length).toBeLessThanOrEqual(3)
  })
})

describe('analyzeMedia', () => {
  it('ends both programs when one fails', async () => {
    const tools = await findMediaTools({})
    const [path, hanging] = [
      await makeVideo({ seconds: 2 }),
      resolve(import.meta.dirname, '../../../test/fixtures/tools/hanging-ffmpeg.mjs'),
    ]
    const running = new Set<number>()
    const ledger = {
      started: ({ pid }: { pid: number }) => {
        running.add(pid)
        if (running.size === 2) throw new Error('the second can not be noted')
      },
      ended: ({ pid }: { pid: number }) => void running.delete(pid),
    }
    const info = await createMedia({ tools }).probe(path)
    const stuck = createMedia({ tools: { ...tools, ffmpeg: { ...tools.ffmpeg, path: hanging } }, ledger })
    await expect(analyzeMedia({ path, info, media: stuck })).rejects.toThrow('the second can not be noted')
    expect(running.size).toBe(0)
  })

  it('stops when cancelled', async () => {
    const cancel = new AbortController()
    const stopped = createMedia({ tools: await findMediaTools({}), signal: cancel.signal })
    const path = await makeVideo({ seconds: 2 })
    const info = await stopped.probe(path)
    cancel.abort(new Error('enough'))
    await expect(analyzeMedia({ path, info, media: stopped })).rejects.toThrow('enough')
  })
})

describe('fittingThreshold', () => {
  it.each([
    ['ordinary speech', { integrated: -18, silentShare: 0.15 }, null],
    ['a quiet recording', { integrated: -47, silentShare: 1 }, -65],
    ['hiss in the pauses', { integrated: -15, silentShare: 0 }, -28],
    ['music of ordinary loudness without a pause', { integrated: -26, silentShare: 0 }, null],
  ])('for %s', (_, sound, threshold) => {
    expect(fittingThreshold(sound)).toBe(threshold)
  })
})

it.skipIf(outside)('skips the tests on real recordings: CLIPWRIGHT_TEST_MEDIA is not set', () => {
  expect(existsSync(outside ?? '')).toBe(false)
})
