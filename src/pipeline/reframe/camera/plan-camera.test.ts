import { describe, expect, test } from 'vitest'
import { faceTrack } from '../../../../test/support/face-tracks.ts'
import { cropAt } from '../../../domain/crop-at.ts'
import { calm, cutOffShare, motionOf, planCamera } from './plan-camera.ts'

const size = { width: 1920, height: 1080 }
const box = { x: 0, y: 0, width: 608, height: 1080 }
const range = { start: 10, end: 20 }

function plan(at: (time: number) => number, width = 0.1) {
  const { points } = faceTrack({ ...range, at: (time) => ({ x: at(time), y: 0.4 }), width })
  const camera = planCamera({ points, range, box, size })
  return { camera, points }
}

test('somebody who sits gets a steady crop with the face in its middle', () => {
  const { camera } = plan(() => 0.7)
  expect(camera?.moves).toEqual([])
  expect(camera?.crop).toEqual({ x: 1040, y: 0, width: 608, height: 1080 })
})

test('a nod to the side moves no camera', () => {
  expect(plan((time) => (time > 14 && time < 15 ? 0.58 : 0.5)).camera?.moves).toEqual([])
})

test('beside the border the crop ends at the border', () => {
  expect(plan(() => 0.97, 0.04).camera?.crop.x).toBe(1920 - 608)
  expect(plan(() => 0.03, 0.04).camera?.crop.x).toBe(0)
})

describe.each([
  ['walks through', (time: number) => 0.15 + 0.07 * (time - 10)],
  [
    'gets up and sits down elsewhere',
    (time: number) => (time < 14 ? 0.25 : time < 16 ? 0.25 + 0.25 * (time - 14) : 0.75),
  ],
  ['sways far', (time: number) => 0.5 + 0.25 * Math.sin((time - 10) * 0.9)],
])('somebody who %s', (_name, at) => {
  test('stays whole in the picture', () => {
    const { camera, points } = plan(at)
    if (!camera) throw new Error('no camera')
    expect(camera.moves.length).toBeGreaterThan(0)
    expect(cutOffShare(camera, { points, size })).toBe(0)
  })

  test('is followed calmly, inside the picture', () => {
    const { camera } = plan(at)
    if (!camera) throw new Error('no camera')
    const { speed, acceleration, jerk } = motionOf(camera, range)
    expect(speed).toBeLessThanOrEqual(calm.speed)
    expect(acceleration).toBeLessThanOrEqual(calm.acceleration)
    expect(jerk).toBeLessThanOrEqual(calm.jerk)
    for (let time = 10; time <= 20; time += 0.1) {
      const x = cropAt(camera, time)?.x ?? -1
      expect(x >= 0 && x + box.width <= size.width).toBe(true)
    }
  })
})

test('whoever flits about is not followed', () => {
  expect(plan((time) => (Math.floor(time * 2) % 2 === 0 ? 0.15 : 0.85)).camera).toBeNull()
})

test('a face larger than the crop is not cropped', () => {
  expect(plan(() => 0.5, 0.35).camera).toBeNull()
})

test('a single slip of the detector moves nothing and refuses nothing', () => {
  const { points } = faceTrack({ ...range, at: () => ({ x: 0.3, y: 0.4 }) })
  const slip = points[40]
  if (slip) slip.box = { ...slip.box, x: 0.9 }
  const camera = planCamera({ points, range, box, size })
  expect(camera?.moves).toEqual([])
  expect(camera?.crop.x).toBeCloseTo(0.3 * 1920 - 304, -1)
})

test('where there is height to choose the eyes are on the upper third', () => {
  const { points } = faceTrack({ ...range, at: () => ({ x: 0.5, y: 0.5 }), width: 0.2 })
  const portrait = { width: 1080, height: 1920 }
  const camera = planCamera({ points, range, box: { x: 0, y: 0, width: 1080, height: 1080 }, size: portrait })
  const eyes = 0.46 * 1920 - (camera?.crop.y ?? 0)
  expect(eyes / 1080).toBeGreaterThan(0.3)
  expect(eyes / 1080).toBeLessThan(0.45)
})

test('who looks to one side gets room there', () => {
  const { points } = faceTrack({ ...range, at: () => ({ x: 0.5, y: 0.4 }) })
  const turned = points.map((point) => ({ ...point, turned: 1 }))
  const ahead = planCamera({ points, range, box, size })
  const aside = planCamera({ points: turned, range, box, size })
  expect(aside?.crop.x ?? 0).toBeGreaterThan((ahead?.crop.x ?? 0) + 40)
})
