import { expect, test } from 'vitest'
import { clipTimeOf } from './clip-time-of.ts'

const ranges = [
  { start: 10, end: 20 },
  { start: 30.5, end: 40 },
]

test.each([
  [10, 0],
  [19.999, 9.999],
  [20, null],
  [30.5, 10],
  [35, 14.5],
  [40, null],
  [0, null],
])('second %d is heard at %o', (second, at) => {
  expect(clipTimeOf(second, ranges)).toBe(at)
})
