import { expect, it } from 'vitest'
import { spreadWithin } from './spread-within.ts'

it('puts the mean at 0.5, a deviation at an eighth, and what lies far out at the edge', () => {
  expect(spreadWithin([1, 3])).toEqual([0.375, 0.625])
  const spread = spreadWithin([...Array.from({ length: 99 }, () => 0), 100])
  expect(spread.at(-1)).toBe(1)
})

it('keeps null, and takes what is no number for the mean', () => {
  expect(spreadWithin([null, 5, 5, Number.NaN])).toEqual([null, 0.5, 0.5, 0.5])
  expect(spreadWithin([null])).toEqual([null])
  expect(spreadWithin([0.1 + 0.2, 0.3])).toEqual([0.5, 0.5])
})
