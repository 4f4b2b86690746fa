import { expect, test } from 'vitest'
import { seededRandom } from '../../../domain/seeded-random.ts'
import { effectiveCases, newcombe, wilson } from './intervals.ts'

// The worked examples of Newcombe 1998 (Statistics in Medicine 17, 857 and 873).
test('a share: 81 of 263', () => {
  expect(wilson({ bad: 81, of: 263 })).toEqual({ low: expect.closeTo(0.2553, 4), high: expect.closeTo(0.3662, 4) })
})

test('a share of none, and of nothing', () => {
  expect(wilson({ bad: 0, of: 20 })).toEqual({ low: 0, high: expect.closeTo(0.1611, 4) })
  expect(wilson({ bad: 20, of: 20 }).high).toBe(1)
  expect(wilson({ bad: 0, of: 0 })).toEqual({ low: 0, high: 1 })
})

test('a difference: 56 of 70 less 48 of 80', () => {
  expect(newcombe({ bad: 48, of: 80 }, { bad: 56, of: 70 })).toEqual({
    low: expect.closeTo(0.0524, 4),
    high: expect.closeTo(0.3339, 4),
  })
})

test('a difference is the other way round with its sign', () => {
  const [one, other] = [
    newcombe({ bad: 3, of: 30 }, { bad: 9, of: 40 }),
    newcombe({ bad: 9, of: 40 }, { bad: 3, of: 30 }),
  ]
  expect(one.low).toBeCloseTo(-other.high)
  expect(one.high).toBeCloseTo(-other.low)
})

test('cases that say the same count as one', () => {
  const alike = Array.from({ length: 20 }, (_, i) => ({ bad: i < 8 ? 5 : 0, of: 5 }))
  const { bad, of } = effectiveCases(alike)
  expect(bad / of).toBeCloseTo(0.4)
  expect(of).toBeGreaterThan(15)
  expect(of).toBeLessThan(21)
})

test('cases that are independent count in full, and never for more', () => {
  const random = seededRandom(2)
  const groups = Array.from({ length: 200 }, () => ({ bad: [1, 2, 3].filter(() => random() < 0.3).length, of: 3 }))
  expect(effectiveCases(groups).of).toBeGreaterThan(480)
  const even = Array.from({ length: 20 }, () => ({ bad: 1, of: 2 }))
  expect(effectiveCases(even)).toEqual({ bad: 20, of: 40 })
  expect(effectiveCases([{ bad: 3, of: 9 }])).toEqual({ bad: 3, of: 9 })
  expect(effectiveCases([])).toEqual({ bad: 0, of: 0 })
})
