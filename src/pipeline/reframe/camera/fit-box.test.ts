import { describe, expect, test } from 'vitest'
import { aspects } from '../../../domain/clip.ts'
import { keptShare, largestBox, ratioOf } from './fit-box.ts'

/** Repeatable pseudo-random numbers (mulberry32), so that a failing size can be tried again. */
function randomFrom(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}

const random = randomFrom(1)
const someSizes = Array.from(
  { length: 400 },
  () => [8 + Math.floor(random() * 4000), 8 + Math.floor(random() * 4000)] as const,
)
const sizes = [
  [1920, 1080],
  [1080, 1920],
  [641, 361],
  [7680, 4320],
  [16, 16],
  [2, 2],
  [720, 576],
  ...someSizes,
] as const

describe.each(aspects)('the largest %s box', (aspect) => {
  test('lies inside, in even numbers, and has the aspect within a pixel', () => {
    for (const [width, height] of sizes) {
      const box = largestBox({ width, height }, aspect)
      if (!box) {
        expect(Math.min(width, height), `${width}x${height}`).toBeLessThan(4)
        continue
      }
      const where = `${width}x${height}: ${JSON.stringify(box)}`
      for (const number of [box.x, box.y, box.width, box.height]) expect(number % 2, where).toBe(0)
      expect(box.x >= 0 && box.y >= 0 && box.width >= 2 && box.height >= 2, where).toBe(true)
      expect(box.x + box.width <= width && box.y + box.height <= height, where).toBe(true)
      const tooWide = box.width - box.height * ratioOf(aspect)
      const tooHigh = box.height - box.width / ratioOf(aspect)
      // One side fills the picture (but for an odd pixel); the other is the exact length, rounded to an even number.
      expect(Math.min(Math.abs(tooWide), Math.abs(tooHigh)), where).toBeLessThanOrEqual(1)
    }
  })

  test('reaches two opposite borders of the picture', () => {
    for (const [width, height] of sizes) {
      const box = largestBox({ width, height }, aspect)
      if (box) expect(box.width >= width - 1 || box.height >= height - 1, `${width}x${height}`).toBe(true)
    }
  })
})

test('is in the middle from left to right and above the middle from top to bottom', () => {
  expect(largestBox({ width: 1920, height: 1080 }, '9:16')).toEqual({ x: 656, y: 0, width: 608, height: 1080 })
  expect(largestBox({ width: 1080, height: 1920 }, '1:1')).toEqual({ x: 0, y: 280, width: 1080, height: 1080 })
  expect(largestBox({ width: 1080, height: 1920 }, '9:16')).toEqual({ x: 0, y: 0, width: 1080, height: 1920 })
})

test('there is none in a picture of one pixel', () => {
  expect(largestBox({ width: 1, height: 1 }, '9:16')).toBeNull()
})

test('knows what share of the picture a box keeps', () => {
  expect(keptShare({ width: 1920, height: 1080 }, '16:9')).toBeCloseTo(1)
  expect(keptShare({ width: 1920, height: 1080 }, '9:16')).toBeCloseTo(0.316, 3)
  expect(keptShare({ width: 1080, height: 1920 }, '1:1')).toBeCloseTo(0.5625)
})
