import { expect, test } from 'vitest'
import { seededRandom } from '../../../domain/seeded-random.ts'
import { ratioInterval } from './ratio-interval.ts'

function times(count: number, middle: number, seed: number): number[] {
  const random = seededRandom(seed)
  return Array.from({ length: count }, () => middle * (0.8 + 0.4 * random()))
}

test('what takes twice as long is seen to, with the truth inside', () => {
  const { ratio, low, high } = ratioInterval(times(40, 0.5, 1), times(40, 1, 2))
  expect(ratio).toBeGreaterThan(1.85)
  expect(ratio).toBeLessThan(2.15)
  expect(low).toBeGreaterThan(1.7)
  expect(low).toBeLessThan(2)
  expect(high).toBeGreaterThan(2)
})

test('the same takes as long', () => {
  const { low, high } = ratioInterval(times(40, 1, 1), times(40, 1, 2))
  expect(low).toBeLessThan(1)
  expect(high).toBeGreaterThan(1)
})

test('one slow moment of the machine decides nothing', () => {
  expect(ratioInterval(times(40, 1, 1), [...times(39, 1, 2), 60]).low).toBeLessThan(1)
})

test('the same values give the same interval', () => {
  expect(ratioInterval(times(9, 1, 1), times(9, 2, 2))).toEqual(ratioInterval(times(9, 1, 1), times(9, 2, 2)))
})
