import { describe, expect, test } from 'vitest'
import { mouthMovement } from '../people/mouth-movement.ts'
import type { LumaPicture } from './follow-patch.ts'
import { followPatch } from './follow-patch.ts'
import { bestWindow, createPictureMeasurer, partOf } from './measure-picture.ts'

const size = { width: 640, height: 360 }

function paint(grayAt: (x: number, y: number) => number): LumaPicture {
  const luma = Uint8Array.from({ length: size.width * size.height }, (_, i) =>
    grayAt(i % size.width, Math.floor(i / size.width)),
  )
  return { ...size, luma }
}

function measure(...pictures: LumaPicture[]) {
  const measurer = createPictureMeasurer()
  for (const picture of pictures) measurer.add(picture)
  return measurer.measures()
}

const bars = (from: number, to: number) => paint((x) => (x >= from && x < to && x % 32 < 16 ? 220 : 40))
/** Letters: strokes of two or three pixels in lines, words with blanks between them. */
const page = (fromX = 40, toX = 600) =>
  paint((x, y) => {
    const isLine = y > 30 && y % 24 < 12
    const isLetter = x > fromX && x < toX && (x * 7 + Math.floor(y / 24) * 13) % 90 > 12 && (x * 2654435761 + y) % 5 < 2
    return isLine && isLetter ? 30 : 235
  })

test('what there is to see is where the edges are', () => {
  const { columns, flat } = measure(bars(320, 480))
  expect(flat).toBe(false)
  expect(partOf(columns, 0.49, 0.76)).toBeGreaterThan(0.95)
  expect(bestWindow(columns, 0.32)).toMatchObject({ inside: expect.closeTo(1, 1) })
  expect(bestWindow(columns, 0.32).start).toBeCloseTo(0.465, 1)
})

test('what moves counts as much as all that stands', () => {
  const shelves = (x: number) => (x % 32 < 16 ? 120 : 60)
  const before = paint(shelves)
  const after = paint((x, y) => (x > 300 && x < 400 && y > 80 ? 250 : shelves(x)))
  expect(partOf(measure(before, before).columns, 0.45, 0.65)).toBeLessThan(0.3)
  expect(partOf(measure(before, after).columns, 0.45, 0.65)).toBeGreaterThan(0.55)
  expect(measure(before, before).changing).toBe(0)
  expect(measure(before, after).changing).toBeCloseTo((100 * 280) / (640 * 360), 1)
})

test('black, white, noise and no picture at all are flat', () => {
  for (const gray of [16, 235]) expect(measure(paint(() => gray)).flat).toBe(true)
  expect(measure(paint((x, y) => 100 + ((x * 31 + y * 17) % 5))).flat).toBe(true)
  expect(measure().flat).toBe(true)
})

describe('text', () => {
  test('a page of it is text', () => {
    expect(measure(page()).text).toBeGreaterThan(0.15)
  })

  test('bars, plain walls and single letters are not', () => {
    expect(measure(bars(0, 640)).text).toBe(0)
    expect(measure(paint(() => 128)).text).toBe(0)
    expect(measure(page(40, 70)).text).toBeLessThan(0.02)
  })
})

describe('a face that moves', () => {
  const headAt = (left: number, mouth = 0) =>
    paint((x, y) => {
      const [dx, dy] = [x - left, y - 100]
      if (dx < 0 || dx >= 100 || dy < 0 || dy >= 130) return 60 + ((x * 13 + y * 7) % 40)
      if (dy > 40 && dy < 55 && (Math.abs(dx - 28) < 10 || Math.abs(dx - 72) < 10)) return 20
      if (dy > 95 && dy < 97 + mouth && dx > 30 && dx < 70) return 10
      return 190 - Math.abs(dx - 50)
    })
  const boxAt = (left: number) => ({ x: left / 640, y: 100 / 360, width: 100 / 640, height: 130 / 360 })

  test('is found again nearby', () => {
    for (const moved of [0, 9, -17, 25]) {
      const found = followPatch(headAt(200), boxAt(200), headAt(200 + moved))
      expect(Math.abs(found.x * 640 - (200 + moved))).toBeLessThanOrEqual(3)
    }
  })

  test('a mouth that opens is seen, one that stays shut is not', () => {
    const open = mouthMovement(
      { picture: headAt(200, 0), box: boxAt(200) },
      { picture: headAt(200, 20), box: boxAt(200) },
    )
    const shut = mouthMovement(
      { picture: headAt(200, 8), box: boxAt(200) },
      { picture: headAt(206, 8), box: boxAt(206) },
    )
    expect(open).toBeGreaterThan(5)
    expect(shut).toBe(0)
  })

  test('brighter light is no movement', () => {
    const brighter = headAt(200)
    const lit = { ...brighter, luma: brighter.luma.map((gray) => Math.min(255, gray + 12)) }
    expect(mouthMovement({ picture: brighter, box: boxAt(200) }, { picture: lit, box: boxAt(200) })).toBe(0)
  })
})
