import { expect, test } from 'vitest'
import {
  blackShareOf,
  brightnessOf,
  changedShare,
  type GrayPicture,
  sharpnessOf,
  splitGrayPictures,
} from './gray-picture.ts'

function paint(grayAt: (x: number, y: number) => number, [width, height] = [40, 40]): GrayPicture {
  return {
    width,
    height,
    pixels: Uint8Array.from({ length: width * height }, (_, i) => grayAt(i % width, Math.floor(i / width))),
  }
}

test('cuts raw video into pictures and leaves an unfinished one out', () => {
  const pictures = splitGrayPictures(Uint8Array.from([1, 2, 3, 4, 5, 6, 7]), { width: 3, height: 1 })
  expect(pictures.map(({ pixels }) => [...pixels])).toEqual([
    [1, 2, 3],
    [4, 5, 6],
  ])
})

test('knows light and black', () => {
  expect(brightnessOf(paint(() => 100))).toBe(100)
  expect(blackShareOf(paint(() => 10))).toBe(1)
  expect(blackShareOf(paint((x) => (x < 10 ? 200 : 2)))).toBe(0.75)
})

test('a blurred edge is less sharp than a clean one, and a gray wall is not sharp at all', () => {
  const clean = sharpnessOf(paint((x) => (x < 20 ? 30 : 220)))
  const blurred = sharpnessOf(paint((x) => 30 + 190 / (1 + Math.exp(-(x - 20) / 3))))
  expect(clean).toBeGreaterThan(10 * blurred)
  expect(sharpnessOf(paint(() => 128))).toBe(0)
})

test('rows left out do not count', () => {
  const text = paint((x, y) => (y >= 30 && x % 2 === 0 ? 255 : 0))
  expect(sharpnessOf(text)).toBeGreaterThan(1000)
  expect(sharpnessOf(text, { from: 0, to: 0.7 })).toBe(0)
})

test('compression noise is no change; pixels to skip are none either', () => {
  const before = paint(() => 100)
  expect(
    changedShare(
      before,
      paint((x) => 100 + (x % 3) * 4),
    ),
  ).toBe(0)
  const after = paint((x) => (x < 10 ? 200 : 100))
  expect(changedShare(before, after)).toBe(0.25)
  expect(
    changedShare(
      before,
      after,
      Uint8Array.from({ length: 1600 }, (_, i) => (i % 40 < 20 ? 1 : 0)),
    ),
  ).toBe(0)
})
