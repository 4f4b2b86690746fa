import { expect, it } from 'vitest'
import { seededRandom } from '../../src/domain/seeded-random.ts'
import { fitRidge } from './fit-ridge.ts'

const random = seededRandom(3)
const rows = 4000
const [a, b] = [0, 1].map(() => Float64Array.from({ length: rows }, () => random() * 4 - 2)) as [
  Float64Array,
  Float64Array,
]
const hits = Int32Array.from({ length: rows }, (_, i) => i).filter(() => random() < 0.1)
const marked = new Set(hits)
const targets = Array.from({ length: rows }, (_, i) => {
  const odds = -1 + 1.5 * (a[i] ?? 0) + (marked.has(i) ? 2 : 0)
  return random() < 1 / (1 + Math.exp(-odds)) ? 1 : 0
})
const columns = [{ values: a }, { values: b }, { rows: hits }]
const fit = (lambda: number | number[]) => fitRidge({ columns, targets, lambda, passes: 12 })

it('finds the log odds that made the targets', () => {
  const { base, weights } = fit(1)
  expect(base).toBeCloseTo(-1, 0)
  expect(weights[0]).toBeCloseTo(1.5, 0)
  expect(Math.abs(weights[1] ?? 9)).toBeLessThan(0.15)
  expect(weights[2]).toBeCloseTo(2, 0)
})

it('pulls towards nothing as much as it is told to, column by column', () => {
  expect(Math.abs(fit(1e5).weights[0] ?? 9)).toBeLessThan(0.05)
  const { weights } = fit([1, 1, 1e6])
  expect(weights[0]).toBeGreaterThan(1)
  expect(Math.abs(weights[2] ?? 9)).toBeLessThan(0.01)
})

it('is the same each time', () => {
  expect(fit(10)).toEqual(fit(10))
})
