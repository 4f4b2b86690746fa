import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { mediaFolder, runFfmpeg } from '../../../../test/support/make-media.ts'
import type { SceneFraming } from '../../../domain/clip.ts'
import { cropAt } from '../../../domain/crop-at.ts'
import type { TimeRange } from '../../../domain/time-range.ts'
import { createMedia, type Media } from '../../../media/create-media.ts'
import { findMediaTools } from '../../../media/find-media-tools.ts'
import { findNpmTool } from '../../../media/find-npm-tool.ts'
import { noGain } from '../sound/audio-filters.ts'
import { chooseFrameRate, perSecond } from './choose-frame-rate.ts'
import { movingCrop, standingStill } from './moving-crop.ts'
import { planGraph } from './plan-graph.ts'
import { planStills } from './plan-stills.ts'
import { planTimeline, sourceTimeOf } from './plan-timeline.ts'

const crop = { x: 0, y: 0, width: 102, height: 180 }
const moving: SceneFraming = {
  start: 0,
  end: 6,
  kind: 'crop',
  crop,
  moves: [
    { time: 2, seconds: 1.6, x: 150, y: 0 },
    { time: 3, seconds: 1.6, x: 80, y: 0 },
  ],
  reason: '',
}
const output = { width: 90, height: 160 }

let folder = ''
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'clipwright-moving-'))
})
afterEach(() => rm(folder, { recursive: true, force: true }))

/** Six seconds whose brightness says how far from the left: 16 at the left border, 235 at the right one. */
async function ramp(): Promise<string> {
  const path = join(mediaFolder(), 'ramp.mp4')
  const picture = "color=gray:s=320x180:r=25:d=6,format=yuv420p,geq=lum='16+219*X/319':cb=128:cr=128"
  await runFfmpeg(['-f', 'lavfi', '-i', picture, '-c:v', 'libx264', '-preset', 'ultrafast', '-qp', '1', path])
  return path
}

async function render(media: Media, scenes: SceneFraming[], ranges: TimeRange[], fileName = 'clip.mp4') {
  const path = await ramp()
  const info = await media.probe(path)
  const timeline = planTimeline({
    edit: { ranges },
    framing: { aspect: '9:16', scenes },
    frameRate: chooseFrameRate(info.video),
  })
  const request = {
    source: { path, info },
    timeline,
    output,
    card: null,
    track: null,
    capabilities: media.tools.capabilities,
  }
  const burnIn = { scripts: [], fonts: 'fonts' }
  await media.ffmpeg({
    args: ['-y', ...planGraph({ ...request, burnIn, gain: noGain, threads: 2, fileName })],
    cwd: folder,
  })
  return { timeline, request }
}

/** Gray of the middle of each frame of the clip. */
async function middles(fileName = 'clip.mp4'): Promise<number[]> {
  const raw = join(folder, 'middles.gray')
  const filter = 'crop=2:160:44:0,scale=1:1:flags=area,format=gray'
  await runFfmpeg(['-i', join(folder, fileName), '-vf', filter, '-f', 'rawvideo', raw])
  return [...(await readFile(raw))]
}

/** Gray (full range) that the middle of a crop must have. */
const grayAt = (x: number) => (255 * (x + crop.width / 2)) / 319

const old = findNpmTool('ffmpeg')
const builds: [string, string | null | undefined][] = [
  ['this system', undefined],
  ['npm, 2018', old],
]

describe.each(builds)('with the ffmpeg of %s', (_name, ffmpegPath) => {
  const it = test.skipIf(ffmpegPath === null)
  const open = async () => createMedia({ tools: await findMediaTools(ffmpegPath ? { FFMPEG_PATH: ffmpegPath } : {}) })

  it('every frame looks where the camera is at its time, through ranges and scenes', async () => {
    const fixed: SceneFraming = { start: 4.4, end: 6, kind: 'crop', crop: { ...crop, x: 200 }, reason: '' }
    const ranges = [
      { start: 0.52, end: 2.8 },
      { start: 2.2, end: 5.2 },
    ]
    const { timeline } = await render(await open(), [{ ...moving, end: 4.4 }, fixed], ranges)
    const grays = await middles()
    expect(grays).toHaveLength(timeline.frameCount)
    const off = grays.map((gray, frame) => {
      const origin = sourceTimeOf(timeline, (frame + 0.01) / perSecond(timeline.frameRate))
      const x = origin ? (cropAt(origin.scene, origin.time)?.x ?? 0) : 0
      return Math.abs(gray - grayAt(x))
    })
    // Rounding of a pixel, the encoder and the scaler.
    expect(Math.max(...off)).toBeLessThan(5)
  })

  it('moves softly: no frame jumps', async () => {
    await render(await open(), [moving], [{ start: 0, end: 6 }])
    const grays = await middles()
    const jumps = grays.slice(1).map((gray, i) => Math.abs(gray - (grays[i] ?? 0)))
    // At its fastest 1.875 × 150 pixels in 1.6 s: 7 pixels a frame, 5.6 steps of gray.
    expect(Math.max(...jumps)).toBeLessThanOrEqual(8)
    expect(Math.max(...grays) - Math.min(...grays)).toBeGreaterThan(60)
  })

  it('the same framing gives the same bytes', async () => {
    const media = await open()
    for (const name of ['one.mp4', 'two.mp4']) await render(media, [moving], [{ start: 1, end: 3 }], name)
    const [one, two] = await Promise.all(['one.mp4', 'two.mp4'].map((name) => readFile(join(folder, name))))
    expect(one && two && one.equals(two)).toBe(true)
  })

  it('a single picture made afresh looks where the clip does', async () => {
    const media = await open()
    const { request } = await render(media, [moving], [{ start: 0.52, end: 5 }])
    const args = planStills({
      ...request,
      times: [1.2, 1.6, 2.4],
      burnIn: null,
      clipPath: null,
      fileName: 'stills.gray',
    })
    await media.ffmpeg({ args, cwd: folder })
    const stills = await readFile(join(folder, 'stills.gray'))
    const [width, height] = [Math.round(output.width / 4), Math.round(output.height / 4)]
    for (const [i, time] of [1.2, 1.6, 2.4].entries()) {
      const gray = stills[i * width * height + 20 * width + Math.floor(width / 2)] ?? 0
      expect(Math.abs(gray - grayAt(cropAt(moving, 0.52 + time)?.x ?? 0))).toBeLessThan(6)
    }
  })

  it('a split shows two boxes, the first one above', async () => {
    const panels = [
      { x: 0, y: 0, width: 90, height: 80 },
      { x: 220, y: 60, width: 90, height: 80 },
    ]
    const split: SceneFraming = { start: 0, end: 6, kind: 'split', crop: null, panels, reason: '' }
    await render(await open(), [split], [{ start: 0, end: 1 }])
    const raw = join(folder, 'halves.gray')
    await runFfmpeg([
      '-i',
      join(folder, 'clip.mp4'),
      '-vf',
      'scale=1:2:flags=area,format=gray',
      '-frames:v',
      '1',
      '-f',
      'rawvideo',
      raw,
    ])
    const [upper = 0, lower = 0] = await readFile(raw)
    expect(Math.abs(upper - (255 * 45) / 319)).toBeLessThan(8)
    expect(Math.abs(lower - (255 * 265) / 319)).toBeLessThan(8)
  })
})

test('a hundred and twenty moves make one short filter', () => {
  const moves = Array.from({ length: 120 }, (_, i) => ({ time: i / 2, seconds: 1.6, x: (i % 2) * 100, y: (i % 2) * 2 }))
  expect(movingCrop({ ...moving, crop, moves }, 0).length).toBeLessThan(25_000)
})

test('standing still, the scene is where it is at that time, in whole pixels', () => {
  expect(standingStill(moving, 2)).toEqual({ start: 0, end: 6, kind: 'crop', crop: { ...crop, x: 75 }, reason: '' })
  expect(standingStill({ ...moving, kind: 'blurred-fit', crop: null }, 2).crop).toBeNull()
})
