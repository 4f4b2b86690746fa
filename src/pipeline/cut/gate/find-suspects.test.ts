import { expect, test } from 'vitest'
import { findBlack, findStandstill } from './find-suspects.ts'
import type { GrayPicture } from './gray-picture.ts'

const size = { width: 40, height: 40 }

function picture(grayAt: (x: number, y: number) => number): GrayPicture {
  return { ...size, pixels: Uint8Array.from({ length: 1600 }, (_, i) => grayAt(i % 40, Math.floor(i / 40))) }
}

const black = picture(() => 3)
const scene = (n: number) => picture((x, y) => 40 + ((x * 7 + y * 3 + n * 50) % 180))
const every2s = (...pictures: GrayPicture[]) => pictures.map((p, i) => ({ time: 2 * i, picture: p }))

test('finds a black stretch, not a fade', () => {
  expect(findBlack(every2s(scene(1), black, black, scene(2)), 8)).toEqual([{ start: 2, end: 6 }])
  expect(
    findBlack(
      [
        { time: 0, picture: black },
        { time: 0.5, picture: scene(1) },
      ],
      4,
    ),
  ).toEqual([])
})

test('a black end reaches to the end', () => {
  expect(findBlack(every2s(scene(1), black), 7.5)).toEqual([{ start: 2, end: 7.5 }])
})

test('captions on black are still black', () => {
  const captioned = picture((x, y) => (y === 30 && x > 5 && x < 30 ? 235 : 3))
  expect(findBlack(every2s(captioned, captioned), 4)).toEqual([{ start: 0, end: 4 }])
})

test('finds a standstill longer than a slide', () => {
  const still = scene(1)
  expect(findStandstill(every2s(scene(0), still, still, still, still, scene(2)), { duration: 12, rows: null })).toEqual(
    [{ start: 2, end: 8 }],
  )
  expect(findStandstill(every2s(still, still, scene(2)), { duration: 6, rows: null })).toEqual([])
})

test('captions that change do not make a still picture alive', () => {
  const withWord = (n: number) => picture((x, y) => (y > 28 && y < 33 && x > n && x < n + 9 ? 235 : 90))
  const keyframes = every2s(withWord(0), withWord(10), withWord(20), withWord(5))
  expect(findStandstill(keyframes, { duration: 8, rows: null })).toEqual([])
  expect(findStandstill(keyframes, { duration: 8, rows: { from: 0.7, to: 0.85 } })).toEqual([{ start: 0, end: 6 }])
})

test('a progress bar does not make a frozen picture look alive', () => {
  const withBar = (n: number) => picture((x, y) => (y >= 38 && x < n * 8 ? 250 : 40 + ((x * 7 + y * 3) % 180)))
  const frozen = every2s(withBar(0), withBar(1), withBar(2), withBar(3), withBar(4))
  expect(findStandstill(frozen, { duration: 10, rows: null })).toEqual([])
  expect(findStandstill(frozen, { duration: 10, rows: null, bars: [{ from: 0.95, to: 1 }] })).toHaveLength(1)
})
