import { describe, expect, test } from 'vitest'
import { checkSynchrony, pictureLagOf } from './check-synchrony.ts'
import type { GrayPicture } from './gray-picture.ts'

const lag = (seconds: number) => ({ seconds, likeness: 0.9 })

describe('sound and picture', () => {
  test.each([
    [0, 0, 'passed'],
    [0.04, 0, 'passed'],
    [-0.04, 0, 'passed'],
    [0.045, 0, 'failed'],
    [-0.1, 0, 'failed'],
    [0.08, 0.08, 'passed'],
    [0, 0.08, 'failed'],
    [0.045, null, 'failed'],
  ])('sound %f s late, picture %s: %s', (sound, picture, status) => {
    expect(checkSynchrony({ startOffset: 0, soundLag: lag(sound), pictureLag: picture }).status).toBe(status)
  })

  test('where the sound says nothing, the streams’ starts decide', () => {
    expect(checkSynchrony({ startOffset: 0.02, soundLag: null, pictureLag: null }).status).toBe('passed')
    expect(checkSynchrony({ startOffset: 0.2, soundLag: null, pictureLag: 0 }).status).toBe('failed')
  })
})

/** A white bar on black whose place is the time. */
function bar(at: number): GrayPicture {
  const pixels = new Uint8Array(400)
  for (let y = 0; y < 20; y++) pixels.fill(255, y * 20 + at, y * 20 + at + 3)
  return { width: 20, height: 20, pixels }
}

test('a picture is late when it is like an earlier one of the recording', () => {
  const recording = [-2, 0, 2].map((frames) => ({ offset: frames / 25, picture: bar(8 + frames) }))
  expect(pictureLagOf(bar(8), recording)).toBe(0)
  expect(pictureLagOf(bar(6), recording)).toBeCloseTo(0.08, 6)
  expect(pictureLagOf(bar(10), recording)).toBeCloseTo(-0.08, 6)
})

test('what does not move tells nothing, and neither does what is covered', () => {
  const still = [-2, 0, 2].map((frames) => ({ offset: frames / 25, picture: bar(8) }))
  expect(pictureLagOf(bar(8), still)).toBeNull()
  const moving = [-2, 0, 2].map((frames) => ({ offset: frames / 25, picture: bar(8 + frames) }))
  expect(pictureLagOf(bar(6), moving, new Uint8Array(400).fill(1))).toBeNull()
  expect(pictureLagOf(bar(8), [])).toBeNull()
})
