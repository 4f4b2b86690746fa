import { expect, test } from 'vitest'
import { readShare } from './detectors.ts'

test.each([
  [undefined, undefined],
  ['10', 0.1],
  ['0.5', 0.005],
  ['100', 1],
])('--share %j', (value, share) => {
  expect(readShare(value)).toBe(share)
})

test.each(['0', '101', '-5', 'all', '1e1', '', true])('--share %j is refused', (value) => {
  expect(() => readShare(value)).toThrow('--share must be a number of percent, above 0 up to 100.')
})
