import { expect, test } from 'vitest'
import { seededRandom } from '../../../domain/seeded-random.ts'
import { type Case, fitLogistic, logLikelihood } from './fit-logistic.ts'

/** Cases of a known model: log-odds −1 + 1.5·x, and a second column that means nothing. */
function casesOf(count: number): Case[] {
  const random = seededRandom(5)
  const normal = () => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random())
  return Array.from({ length: count }, () => {
    const row = [normal(), normal()]
    return { row, liked: random() < 1 / (1 + Math.exp(1 - 1.5 * (row[0] ?? 0))), counts: 1 }
  })
}

test('many cases show the weights they were made with', () => {
  const { intercept, weights } = fitLogistic(casesOf(5000), { prior: 10 })
  expect(intercept).toBeCloseTo(-1, 0.5)
  expect(weights[0]).toBeGreaterThan(1.35)
  expect(weights[0]).toBeLessThan(1.65)
  expect(Math.abs(weights[1] ?? 1)).toBeLessThan(0.1)
})

test('few cases leave the weights near nothing, no case leaves them there', () => {
  expect(Math.abs(fitLogistic(casesOf(6), { prior: 0.25 }).weights[0] ?? 1)).toBeLessThan(0.15)
  expect(fitLogistic([{ row: [4], liked: true, counts: 0 }], { prior: 0.25 }).weights).toEqual([0])
  expect(fitLogistic([], { prior: 1 })).toEqual({ intercept: 0, weights: [] })
})

test('what can be told apart completely has finite weights', () => {
  const apart = Array.from({ length: 40 }, (_, i) => ({ row: [i < 20 ? -3 : 3], liked: i >= 20, counts: 1 }))
  const fitted = fitLogistic(apart, { prior: 0.25 })
  expect(fitted.weights[0]).toBeGreaterThan(0.3)
  expect(fitted.weights[0]).toBeLessThan(1.5)
  expect(logLikelihood(fitted, { row: [3], liked: true, counts: 1 })).toBeGreaterThan(Math.log(0.5))
})

test('columns that say the same share what they say', () => {
  const twice = casesOf(500).map((each) => ({ ...each, row: [each.row[0] ?? 0, each.row[0] ?? 0] }))
  const [first = 0, second = 1] = fitLogistic(twice, { prior: 0.25 }).weights
  expect(first).toBeCloseTo(second)
})
