import { expect, test } from 'vitest'
import { cropAt, glide } from './crop-at.ts'
import { splitPanels } from './split-panels.ts'

const crop = { x: 100, y: 0, width: 608, height: 1080 }

test('a crop without moves stands still', () => {
  expect(cropAt({ crop }, 7)).toEqual(crop)
})

test('a move begins before its time and ends after it, half way in the middle', () => {
  const moves = [{ time: 10, seconds: 2, x: 300, y: 0 }]
  const at = (time: number) => cropAt({ crop, moves }, time)?.x
  expect([at(8), at(9), at(10), at(11), at(20)]).toEqual([100, 100, 200, 300, 300])
})

test('moves that overlap add up and end where the last one ends', () => {
  const moves = [
    { time: 10, seconds: 2, x: 200, y: 0 },
    { time: 10.5, seconds: 2, x: 150, y: 40 },
  ]
  expect(cropAt({ crop, moves }, 12)).toMatchObject({ x: 150, y: 40 })
})

test('a glide has no jump in its acceleration, and its jerk is what it says', () => {
  const step = 1e-3
  const accelerationAt = (p: number) => (glide(p + step) - 2 * glide(p) + glide(p - step)) / step ** 2
  const accelerations = Array.from({ length: 1200 }, (_, i) => accelerationAt(-0.1 + i * step))
  const jerks = accelerations.slice(1).map((value, i) => Math.abs(value - (accelerations[i] ?? 0)) / step)
  expect(Math.max(...accelerations)).toBeCloseTo(5.77, 1)
  expect(Math.max(...jerks)).toBeLessThanOrEqual(60.5)
})

test('what is no crop has no box', () => {
  expect(cropAt({ crop: null }, 0)).toBeNull()
})

test('panels fill the picture, in even numbers', () => {
  for (const size of [
    { width: 1080, height: 1920 },
    { width: 1080, height: 1350 },
    { width: 1080, height: 1080 },
    { width: 1920, height: 1080 },
  ]) {
    const panels = splitPanels(size)
    expect(panels.reduce((sum, panel) => sum + panel.width * panel.height, 0)).toBe(size.width * size.height)
    for (const { x, y, width, height } of panels) expect([x, y, width, height].map((n) => n % 2)).toEqual([0, 0, 0, 0])
  }
})
