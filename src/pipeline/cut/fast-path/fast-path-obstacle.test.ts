import { expect, test } from 'vitest'
import type { SceneFraming } from '../../../domain/clip.ts'
import type { VideoStream } from '../../../domain/media-info.ts'
import { fastPathObstacle } from './fast-path-obstacle.ts'

const video: VideoStream = {
  ...{ streamIndex: 0, codec: 'h264', width: 1920, height: 1080, rotation: 0, frameRate: 30 },
  ...{ variableFrameRate: false, interlaced: false, hdr: false, startTime: 0 },
}
const scene: SceneFraming = { start: 0, end: 60, kind: 'blurred-fit', crop: null, reason: '' }
const clip: Parameters<typeof fastPathObstacle>[0] = {
  video,
  style: { aspect: '16:9', captions: 'none' },
  framing: { aspect: '16:9', scenes: [scene] },
  edit: { ranges: [{ start: 3, end: 20 }] },
}
const crop = { x: 0, y: 0, width: 1920, height: 1080 }
const framed = (changes: Partial<SceneFraming>) => ({
  framing: { aspect: '16:9' as const, scenes: [scene, { ...scene, ...changes }] },
})

test('nothing speaks against a wide clip that shows all of a wide recording', () => {
  expect(fastPathObstacle(clip)).toBeNull()
  expect(fastPathObstacle({ ...clip, ...framed({ kind: 'crop', crop }) })).toBeNull()
  expect(fastPathObstacle({ ...clip, video: { ...video, width: 1280, height: 720 } })).toBeNull()
})

test.each<[string, Partial<Parameters<typeof fastPathObstacle>[0]>]>([
  ['captions', { style: { aspect: '16:9', captions: 'pop' } }],
  ['another shape', { style: { aspect: '9:16', captions: 'none' } }],
  ['a brand', { style: { aspect: '16:9', captions: 'none', brand: {} as never } }],
  ['a draft', { draft: true }],
  ['a zoom', { edit: { ranges: [{ start: 3, end: 20 }], zoom: 1.08 } }],
  ['a crop', framed({ kind: 'crop', crop: { ...crop, width: 1600, height: 900 } })],
  ['two people', framed({ kind: 'split', panels: [crop, crop] })],
  ['no picture', { video: null }],
])('with %s nobody would expect it', (_, change) => {
  expect(fastPathObstacle({ ...clip, ...change })).toEqual({ reason: null })
})

test.each<[string, Partial<VideoStream>]>([
  ['hevc', { codec: 'hevc' }],
  ['larger than 1080', { width: 3840, height: 2160 }],
  ['smaller than 720', { width: 640, height: 360 }],
  ['turned', { rotation: 180 }],
  ['interlaced', { interlaced: true }],
  ['changes', { variableFrameRate: true }],
  ['HDR', { hdr: true }],
])('a recording that is %s is made anew, and it says so', (word, change) => {
  expect(fastPathObstacle({ ...clip, video: { ...video, ...change } })?.reason).toContain(word)
})

test('several pieces are made anew, and it says so', () => {
  const edit = { ranges: [...clip.edit.ranges, { start: 30, end: 40 }] }
  expect(fastPathObstacle({ ...clip, edit })?.reason).toContain('several pieces')
})
