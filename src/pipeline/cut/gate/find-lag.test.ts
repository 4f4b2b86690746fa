import { describe, expect, test } from 'vitest'
import { findLag, loudnessCurve } from './find-lag.ts'

const rate = 200
const most = 0.3

/** Loudness of something like speech: syllables at irregular times. */
function speech(seconds: number, seed = 7): number[] {
  let state = seed
  const random = () => {
    state = (state * 16_807) % 2_147_483_647
    return state / 2_147_483_647
  }
  const values: number[] = []
  while (values.length < seconds * rate) {
    const [loud, quiet] = [10 + Math.floor(random() * 40), 6 + Math.floor(random() * 30)]
    const level = -30 + 15 * random()
    values.push(
      ...Array.from({ length: loud }, () => level + 2 * random()),
      ...Array.from({ length: quiet }, () => -60),
    )
  }
  return values.slice(0, seconds * rate)
}
const source = speech(5)
/** The clip that begins `most` into the source, later by `late` values. */
const clip = (late: number, change = (value: number) => value) => source.slice(60 - late, 60 - late + 800).map(change)

describe('the lag of a sound', () => {
  test.each([
    [0, 0],
    [8, 0.04],
    [-8, -0.04],
    [50, 0.25],
    [-60, -0.3],
  ])('later by %i values is %f s', (late, seconds) => {
    expect(findLag(source, clip(late), { rate, most })?.seconds).toBeCloseTo(seconds, 6)
  })

  test('does not depend on how loud it is, nor on a limiter, nor on music under it', () => {
    const changes = [(v: number) => v + 12, (v: number) => Math.min(v, -22), (v: number) => Math.max(v, -44)]
    for (const change of changes) expect(findLag(source, clip(20, change), { rate, most })?.seconds).toBeCloseTo(0.1, 6)
  })

  test('is not told of silence, of a tone, of a beat and of another sound', () => {
    const flat = source.map(() => -70)
    expect(findLag(flat, flat.slice(0, 800), { rate, most })).toBeNull()
    const beat = source.map((_, i) => (i % 30 < 10 ? -20 : -60))
    expect(findLag(beat, beat.slice(60, 860), { rate, most })).toBeNull()
    expect(findLag(source, speech(4, 99), { rate, most })).toBeNull()
    expect(findLag([], [], { rate, most })).toBeNull()
  })
})

test('the loudness of samples is their energy in decibels, silence at −70', () => {
  const samples = Float32Array.from({ length: 8000 }, (_, i) => (i < 4000 ? 0 : Math.sin(i)))
  const curve = loudnessCurve(samples, { sampleRate: 8000, rate })
  expect(curve).toHaveLength(200)
  expect(curve[50]).toBe(-70)
  expect(curve[150]).toBeCloseTo(-3, 0)
})
