import { expect, test } from 'vitest'
import { type GrayFrame, measureDetail } from './picture-detail.ts'

const size = { width: 64, height: 36 }
const middle = { x: 0.34, y: 0, width: 0.32, height: 1 }

function paint(grayAt: (x: number, y: number) => number): GrayFrame {
  const pixels = Uint8Array.from({ length: size.width * size.height }, (_, i) =>
    grayAt(i % size.width, Math.floor(i / size.width)),
  )
  return { ...size, pixels }
}

const stripes = (from: number, to: number) => paint((x) => (x >= from && x < to && x % 4 < 2 ? 220 : 40))

test('stripes in the middle are inside, stripes at the sides are not', () => {
  expect(measureDetail([stripes(24, 40)], middle)).toMatchObject({ inside: 1, flat: false })
  expect(measureDetail([stripes(0, 12)], middle).inside).toBe(0)
})

test('what is everywhere is inside by the share of the box', () => {
  expect(measureDetail([stripes(0, 64)], middle).inside).toBeCloseTo(0.32, 1)
})

test('what moves counts as much as all that stands', () => {
  const shelves = (x: number) => (x % 4 < 2 ? 120 : 60)
  const before = paint(shelves)
  const after = paint((x, y) => (x > 26 && x < 38 && y > 8 ? 250 : shelves(x)))
  expect(measureDetail([before, before], middle).inside).toBeLessThan(0.4)
  expect(measureDetail([before, after], middle).inside).toBeGreaterThan(0.6)
})

test('black, white and nothing at all are flat', () => {
  expect(measureDetail([paint(() => 16), paint(() => 16)], middle)).toEqual({ inside: 0, flat: true })
  expect(measureDetail([paint(() => 235)], middle).flat).toBe(true)
  expect(measureDetail([paint((x, y) => 100 + ((x * 31 + y * 17) % 5))], middle).flat).toBe(true)
})
