import { expect, it } from 'vitest'
import { seededRandom } from '../src/domain/seeded-random.ts'
import { fitLogistic } from './fit-logistic.ts'

it('finds what decides, on whatever scale it is', () => {
  const random = seededRandom(3)
  const rows = Array.from({ length: 600 }, () => [1000 * random(), random()])
  const targets = rows.map(([x = 0]) => (x > 500 ? 1 : 0))
  const { bias, weights } = fitLogistic(rows, targets)
  const right = rows.filter(
    (row, i) => (row.reduce((sum, value, c) => sum + value * (weights[c] ?? 0), bias) > 0 ? 1 : 0) === targets[i],
  )
  expect(right.length).toBeGreaterThan(570)
  expect(Math.abs(weights[0] ?? 0) * 1000).toBeGreaterThan(Math.abs(weights[1] ?? 0) * 5)
})
