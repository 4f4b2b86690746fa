import { expect, test } from 'vitest'
import { AppError } from '../../../domain/app-error.ts'
import type { SceneFraming } from '../../../domain/clip.ts'
import { planTimeline } from '../graph/plan-timeline.ts'
import { checkFaces, type FindFaces, withoutFaceCrops } from './check-faces.ts'

const crop = { x: 0, y: 0, width: 100, height: 180 }
const scenes: SceneFraming[] = [
  { start: 0, end: 6, kind: 'crop', crop, faces: 1, reason: '' },
  { start: 6, end: 12, kind: 'blurred-fit', crop: null, reason: '' },
]
const timeline = planTimeline({
  edit: { ranges: [{ start: 0, end: 12 }] },
  framing: { aspect: '9:16', scenes },
  frameRate: { numerator: 25, denominator: 1 },
})
const picture = { width: 2, height: 2, pixels: new Uint8Array(4) }
const keyframes = [0, 2, 4, 6, 8, 10].map((time) => ({ time, picture }))
const face = { x: 0.3, y: 0.2, width: 0.3, height: 0.2 }

/** Answers one after the other. */
function finder(...answers: (typeof face)[][]): FindFaces & { asked: () => number } {
  let asked = 0
  const find: FindFaces = async () => answers[asked++] ?? []
  return Object.assign(find, { asked: () => asked })
}

test('the first picture with a whole face settles it', async () => {
  const findFaces = finder([face])
  expect(await checkFaces({ timeline, keyframes, findFaces })).toMatchObject({ name: 'faces', status: 'passed' })
  expect(findFaces.asked()).toBe(1)
})

test('someone who turned away in one picture is seen in the next', async () => {
  expect((await checkFaces({ timeline, keyframes, findFaces: finder([], [], [face]) })).status).toBe('passed')
})

test('no face, or only half ones, where one was to be: failed', async () => {
  expect((await checkFaces({ timeline, keyframes, findFaces: finder() })).status).toBe('failed')
  const half = { ...face, x: 0 }
  expect((await checkFaces({ timeline, keyframes, findFaces: finder([half], [half], [half]) })).status).toBe('failed')
})

test('only pictures in which one is to be are looked at', async () => {
  const findFaces = finder()
  await checkFaces({ timeline, keyframes, findFaces })
  expect(findFaces.asked()).toBe(3)
  const later = keyframes.filter(({ time }) => time >= 6)
  expect((await checkFaces({ timeline, keyframes: later, findFaces })).status).toBe('skipped')
})

test('a detector that died fails no clip, nor does one blink', async () => {
  class Died extends AppError {
    readonly code = 'FACE_DETECTOR_FAILED'
  }
  const dead: FindFaces = async () => {
    throw new Died('Faces could not be looked for: it died.')
  }
  expect(await checkFaces({ timeline, keyframes, findFaces: dead })).toMatchObject({
    status: 'skipped',
    detail: 'Faces could not be looked for: it died.',
  })
  expect((await checkFaces({ timeline, keyframes: keyframes.slice(0, 1), findFaces: finder() })).status).toBe('skipped')
  expect((await checkFaces({ timeline, keyframes, findFaces: null })).status).toBe('skipped')
})

test('made again, all of the picture is shown where a face was to be', () => {
  const pieces = withoutFaceCrops(timeline).stretches.flatMap((stretch) => stretch.pieces)
  expect(pieces.map(({ scene }) => scene.kind)).toEqual(['blurred-fit', 'blurred-fit'])
  expect(pieces.map(({ firstFrame, endFrame }) => [firstFrame, endFrame])).toEqual([
    [0, 150],
    [150, 300],
  ])
})
