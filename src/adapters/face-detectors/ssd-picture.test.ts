import { expect, test } from 'vitest'
import { ssdPicture } from './ssd-picture.ts'

/** Red everywhere, green rising from left to right, blue rising from top to bottom. */
function picture(width: number, height: number) {
  const pixels = new Uint8Array(3 * width * height)
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) pixels.set([255, (255 * x) / width, (255 * y) / height], 3 * (y * width + x))
  }
  return { width, height, pixels }
}

test('a wide picture with a margin becomes a part of the square, in whole cells with one more behind it', () => {
  const { values, width, height, factor } = ssdPicture(picture(640, 360), 1.6)
  expect([width, height, factor]).toEqual([384, 256, 2])
  expect(values.length).toBe(3 * 384 * 256)
  const at = (x: number, y: number) => [...values.subarray(3 * (y * width + x), 3 * (y * width + x) + 3)]
  expect(at(0, 0)[0]).toBe(1)
  // The middle of the picture is the middle of what is filled: 320 × 180.
  expect(at(160, 90)[1]).toBeCloseTo(0, 1)
  expect(at(160, 90)[2]).toBeCloseTo(0, 1)
  expect(at(320, 0)).toEqual([-1, -1, -1])
  expect(at(0, 180)).toEqual([-1, -1, -1])
})

test('without a margin the long side is all of 512, whichever it is', () => {
  expect(ssdPicture(picture(640, 360), 1)).toMatchObject({ width: 512, height: 384, factor: 1.25 })
  expect(ssdPicture(picture(360, 640), 1)).toMatchObject({ width: 384, height: 512 })
})

test('pictures of two pixels and long strips stay inside the square', () => {
  for (const [width, height] of [
    [2, 2],
    [640, 2],
    [2, 640],
  ] as const) {
    const made = ssdPicture(picture(width, height), 1)
    expect(made.width % 64).toBe(0)
    expect(made.height % 64).toBe(0)
    expect(Math.max(made.width, made.height)).toBeLessThanOrEqual(512)
    expect(made.values.every((value) => value >= -1 && value <= 1)).toBe(true)
  }
})
