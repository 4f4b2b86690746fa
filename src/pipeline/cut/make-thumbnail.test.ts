import { expect, test } from 'vitest'
import type { GrayPicture } from './gate/gray-picture.ts'
import { chooseThumbnailTime } from './make-thumbnail.ts'

function paint(grayAt: (x: number, y: number) => number): GrayPicture {
  return {
    width: 40,
    height: 40,
    pixels: Uint8Array.from({ length: 1600 }, (_, i) => grayAt(i % 40, Math.floor(i / 40))),
  }
}

const edge = (soft: number, light = 1) => paint((x) => light * (30 + 190 / (1 + Math.exp(-((x % 20) - 10) / soft))))
const choose = (pictures: GrayPicture[], captionRows: { from: number; to: number } | null = null) =>
  chooseThumbnailTime({ keyframes: pictures.map((picture, time) => ({ time, picture })), duration: 10, captionRows })

test('the sharpest picture wins', () => {
  expect(choose([edge(3), edge(0.2), edge(2)])).toBe(1)
})

test('a sharp but dark picture loses', () => {
  expect(choose([edge(0.4), edge(0.2, 0.15)])).toBe(0)
})

test('nothing is taken from the end', () => {
  expect(choose([edge(3), edge(3), edge(3), edge(3), edge(3), edge(2), edge(3), edge(0.2)])).toBe(5)
})

test('captions do not make a picture sharp', () => {
  const captioned = paint((x, y) => (y >= 26 && x % 2 === 0 ? 255 : 100))
  expect(choose([captioned, edge(1)])).toBe(0)
  expect(choose([captioned, edge(1)], { from: 0.62, to: 0.8 })).toBe(1)
})

test('without any picture the start is as good as anything', () => {
  expect(choose([])).toBe(0)
})
