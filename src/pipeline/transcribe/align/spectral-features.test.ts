import { describe, expect, test } from 'vitest'
import { createPowerSpectrum } from './fourier-transform.ts'
import { cepstraSize, spectraOf } from './spectral-features.ts'

const tone = (hertz: number, rate: number, seconds: number) =>
  Float32Array.from({ length: rate * seconds }, (_, i) => 0.5 * Math.sin((2 * Math.PI * hertz * i) / rate))

describe('createPowerSpectrum', () => {
  test('agrees with the transform by its definition', () => {
    const frame = Float32Array.from({ length: 16 }, (_, i) => Math.sin(i * i))
    const power = new Float32Array(9)
    createPowerSpectrum(16)(frame, power)
    for (let k = 0; k <= 8; k++) {
      let [re, im] = [0, 0]
      for (const [n, value] of frame.entries()) {
        re += value * Math.cos((2 * Math.PI * k * n) / 16)
        im -= value * Math.sin((2 * Math.PI * k * n) / 16)
      }
      expect(power[k]).toBeCloseTo(re * re + im * im, 3)
    }
  })

  test('wants a power of two', () => {
    expect(() => createPowerSpectrum(400)).toThrow(RangeError)
  })
})

describe('spectraOf', () => {
  test('gives a hundred frames a second with their level', () => {
    const { count, levels, cepstra } = spectraOf({ samples: tone(440, 16_000, 1), rate: 16_000, highestHz: 7000 })
    expect([count, cepstra.length]).toEqual([100, 100 * cepstraSize])
    // A sine of amplitude 0.5 has 9 dB under full scale.
    expect(levels[50]).toBeCloseTo(-9, 0)
  })

  test('hears the same at another sample rate, and something else at another pitch', () => {
    const at = (hertz: number, rate: number) =>
      spectraOf({ samples: tone(hertz, rate, 0.5), rate, highestHz: 7000 }).cepstra.subarray(
        20 * cepstraSize,
        21 * cepstraSize,
      )
    const distance = (a: Float32Array, b: Float32Array) => Math.hypot(...a.map((value, k) => value - (b[k] ?? 0)))
    expect(distance(at(600, 16_000), at(600, 22_050))).toBeLessThan(distance(at(600, 16_000), at(1200, 16_000)) / 4)
  })

  test('survives digital silence and a sound shorter than a frame', () => {
    for (const length of [0, 10, 1600]) {
      const { cepstra } = spectraOf({ samples: new Float32Array(length), rate: 16_000, highestHz: 7000 })
      expect(cepstra.every(Number.isFinite)).toBe(true)
    }
  })
})
