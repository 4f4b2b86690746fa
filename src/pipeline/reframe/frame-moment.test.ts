import { expect, test } from 'vitest'
import { mediaInfoOf } from '../../../test/support/media-info.ts'
import type { MediaInfo } from '../../domain/media-info.ts'
import type { TimeRange } from '../../domain/time-range.ts'
import { createMedia } from '../../media/create-media.ts'
import { findMediaTools } from '../../media/find-media-tools.ts'
import { frameSpan } from './frame-moment.ts'
import type { SceneFramer } from './framer.ts'

const media = createMedia({ tools: await findMediaTools({}) })
const info: MediaInfo = mediaInfoOf(600, {
  video: {
    streamIndex: 0,
    codec: 'h264',
    width: 1920,
    height: 1080,
    rotation: 0,
    frameRate: 30,
    variableFrameRate: false,
    interlaced: false,
    hdr: false,
    startTime: 0,
  },
})
const wholePicture: SceneFramer = {
  name: 'whole',
  version: '1',
  frameScene: async ({ scene }) => ({ ...scene, kind: 'blurred-fit', crop: null, reason: 'test' }),
}

async function frame(options: {
  range: TimeRange
  scenes: TimeRange[]
  cuts?: number[]
  info?: MediaInfo
  signal?: AbortSignal
}) {
  const looked: TimeRange[] = []
  const { scenes } = await frameSpan({
    info,
    aspect: '9:16',
    framer: wholePicture,
    media,
    path: '/nowhere.mp4',
    signal: new AbortController().signal,
    ...options,
    findCuts: async (within) => {
      looked.push(within)
      return (options.cuts ?? []).filter((cut) => cut >= within.start && cut < within.end)
    },
  })
  return { borders: scenes.map(({ start, end }) => [start, end]), looked }
}

const sceneFrom = (...starts: number[]) => starts.map((start, i) => ({ start, end: starts[i + 1] ?? 600 }))

test('a span inside one scene is one scene, and nothing is decoded to find out', async () => {
  const { borders, looked } = await frame({ range: { start: 100, end: 130 }, scenes: sceneFrom(0, 90, 200) })
  expect(borders).toEqual([[100, 130]])
  expect(looked).toEqual([])
})

test('a cut lies before the keyframe that shows it, and is looked for there', async () => {
  const { borders, looked } = await frame({ range: { start: 100, end: 130 }, scenes: sceneFrom(0, 116), cuts: [114.2] })
  expect(looked).toEqual([{ start: 106, end: 116.5 }])
  expect(borders).toEqual([
    [100, 114.2],
    [114.2, 130],
  ])
})

test('a keyframe after the span may be late for a cut inside it', async () => {
  const { borders } = await frame({ range: { start: 100, end: 130 }, scenes: sceneFrom(0, 133), cuts: [128] })
  expect(borders).toEqual([
    [100, 128],
    [128, 130],
  ])
})

test('where frames show no hard cut the keyframe counts', async () => {
  const { borders } = await frame({ range: { start: 100, end: 130 }, scenes: sceneFrom(0, 116) })
  expect(borders).toEqual([
    [100, 116],
    [116, 130],
  ])
})

test('stretches that overlap are looked at once', async () => {
  const { looked } = await frame({ range: { start: 100, end: 130 }, scenes: sceneFrom(0, 104, 109, 127) })
  expect(looked).toEqual([
    { start: 100, end: 109.5 },
    { start: 117, end: 127.5 },
  ])
})

test('without a picture there is one card and nothing to look for', async () => {
  const { borders, looked } = await frame({
    range: { start: 0, end: 20 },
    scenes: sceneFrom(0, 10),
    info: mediaInfoOf(60),
  })
  expect(borders).toEqual([[0, 20]])
  expect(looked).toEqual([])
})

test('stops between scenes when told', async () => {
  const signal = AbortSignal.abort(new Error('enough'))
  await expect(frame({ range: { start: 0, end: 20 }, scenes: [], signal })).rejects.toThrow('enough')
})
