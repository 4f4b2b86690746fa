import { describe, expect, test } from 'vitest'
import { type BlackBorder, createBarFinder, type Margins, settleBars } from './black-bars.ts'
import type { LumaPicture } from './follow-patch.ts'

const [width, height] = [640, 360]

function paint(grayAt: (x: number, y: number) => number): LumaPicture {
  const luma = Uint8Array.from({ length: width * height }, (_, i) => grayAt(i % width, Math.floor(i / width)))
  return { width, height, luma }
}

function find(...pictures: LumaPicture[]): BlackBorder | null {
  const finder = createBarFinder()
  for (const picture of pictures) finder.add(picture)
  return finder.found()
}

const inside = (from: number, to: number, at: number) => at >= from && at < to
const letterboxed = (light: (x: number) => number = () => 120) =>
  paint((x, y) => (inside(46, 314, y) ? light(x) : 16 + (x % 3)))

describe('bars', () => {
  test('above and below, with one line more, which may be half a bar', () => {
    expect(find(letterboxed())?.bars).toEqual({ top: 47 / 360, bottom: 47 / 360, left: 0, right: 0 })
  })

  test('at the sides of a tall film, and all round a small one', () => {
    const tall = paint((x) => (inside(219, 421, x) ? 120 : 16))
    expect(find(tall)?.bars).toEqual({ top: 0, bottom: 0, left: 220 / 640, right: 220 / 640 })
    const small = paint((x, y) => (inside(80, 560, x) && inside(45, 315, y) ? 120 : 16))
    expect(find(small)?.bars).toEqual({ top: 46 / 360, bottom: 46 / 360, left: 81 / 640, right: 81 / 640 })
  })

  test('that only one of many pictures shows the end of', () => {
    const night = letterboxed(() => 20)
    expect(find(night, letterboxed(), night)?.bars).toMatchObject({ top: 47 / 360 })
    expect(find(night)).toBe(null)
  })
})

test.each([
  ['a picture that is lit to its borders', paint((x) => 60 + (x % 100))],
  ['black on one side only', paint((x) => (x < 200 ? 16 : 120))],
  [
    'a spot in a dark hall, which ends gradually',
    paint((x, y) => 16 + 150 * Math.exp(-((x - 320) ** 2 + (y - 180) ** 2) / 9000)),
  ],
  [
    'subtitles in the lower bar',
    paint((x, y) => (inside(46, 314, y) || (inside(330, 345, y) && inside(200, 440, x)) ? 120 : 16)),
  ],
  ['a line that is all there is to see', paint((_x, y) => (inside(170, 190, y) ? 120 : 16))],
  ['bars too thin to be seen', paint((_x, y) => (inside(2, 358, y) ? 120 : 16))],
])('no bars: %s', (_name, picture) => {
  expect(find(picture)?.bars).toBe(null)
})

describe('scenes', () => {
  const none: Margins = { top: 0, bottom: 0, left: 0, right: 0 }
  const wide: Margins = { ...none, top: 0.13, bottom: 0.13 }
  const known = { black: wide, bars: wide }

  test('too dark to tell have the bars of their neighbours', () => {
    const dark = { black: { ...wide, top: 0.4, left: 0.2 }, bars: null }
    expect(settleBars([dark, known, dark])).toEqual([wide, wide, wide])
  })

  test('without bars stay without, and so do those that are all black', () => {
    expect(settleBars([{ black: none, bars: null }, known, null])).toEqual([null, wide, null])
  })

  test('of different shapes have their own; a dark one those of the nearer', () => {
    const pillars = { ...none, left: 0.13, right: 0.13 }
    const dark = { black: { top: 0.3, bottom: 0.3, left: 0.3, right: 0.3 }, bars: null }
    expect(settleBars([known, { black: pillars, bars: pillars }, dark])).toEqual([wide, pillars, pillars])
  })
})
