import { expect, test } from 'vitest'
import { shrinkCurve } from './shrink-curve.ts'

test('a short curve stays as it is', () => {
  expect(shrinkCurve([0.1, 0.2], 600)).toEqual([0.1, 0.2])
})

test('a long one keeps its peaks and its length', () => {
  const values = Array.from({ length: 10_800 }, (_, second) => (second === 7777 ? 1 : 0.1))
  const shrunk = shrinkCurve(values, 600)
  expect(shrunk).toHaveLength(600)
  expect(shrunk.filter((value) => value === 1)).toHaveLength(1)
  expect(shrunk[Math.floor((7777 / 10_800) * 600)]).toBe(1)
})
