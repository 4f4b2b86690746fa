import { expect, it } from 'vitest'
import { allowedOffsets } from './allowed-offsets.ts'

const rate = 25
const within = { start: 10, end: 30, rate }

it.each([
  [
    'between words far away',
    [
      [8, 9],
      [11, 12],
    ],
    { earliest: -7, latest: 7 },
  ],
  [
    'a word right before',
    [
      [9, 9.95],
      [11, 12],
    ],
    { earliest: 0, latest: 7 },
  ],
  [
    'a word that ends a little before',
    [
      [9, 9.8],
      [11, 12],
    ],
    { earliest: -4, latest: 7 },
  ],
  [
    'a first word that comes at once',
    [
      [8, 9],
      [10.05, 11],
    ],
    { earliest: -7, latest: 0 },
  ],
  ['nobody knows when the word before ends', [[10.5, 11]], { earliest: 0, latest: 7 }],
  ['nothing is said at all', [], { earliest: -7, latest: 7 }],
] as const)('%s', (_, words, offsets) => {
  expect(allowedOffsets({ ...within, words: words.map(([start, end]) => ({ start, end })) })).toEqual(offsets)
})

it('leaves two seconds of a short clip', () => {
  expect(allowedOffsets({ start: 10, end: 12.1, rate, words: [] }).latest).toBe(2)
})

it('never begins before the recording does', () => {
  expect(allowedOffsets({ start: 0.08, end: 20, rate, words: [] }).earliest).toBe(-2)
})
