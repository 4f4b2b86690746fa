import { expect, test } from 'vitest'
import { checkRanges, checkRest } from './check-ranges.ts'

test.each([
  ['one range', [{ start: 0, end: 60 }]],
  ['the last hundredth of a recording', [{ start: 50, end: 100.04 }]],
  ['three hundred close together', Array.from({ length: 300 }, (_, i) => ({ start: i * 0.3, end: i * 0.3 + 0.2 }))],
])('%s may be played', (_, ranges) => {
  expect(() => checkRanges(ranges, 100)).not.toThrow()
})

test.each([
  [
    'beyond the end',
    [{ start: 99, end: 101 }],
    'range 1 (99 to 101 s) ends after the recording, which is 100.0 s long',
  ],
  [
    'backwards',
    [
      { start: 1, end: 2 },
      { start: 9, end: 8 },
    ],
    'range 2 (9 to 8 s) ends before it starts',
  ],
  ['not a number', [{ start: Number.NaN, end: 8 }], 'ends before it starts'],
  [
    'here and there',
    Array.from({ length: 30 }, (_, i) => ({ start: i % 2 === 0 ? 1 : 90, end: i % 2 === 0 ? 2 : 91 })),
    '30 places',
  ],
  ['many wrong ones', Array.from({ length: 9 }, () => ({ start: 200, end: 201 })), 'and 6 more'],
  ['for hours', Array.from({ length: 70 }, () => ({ start: 0, end: 100 })), 'a clip may last an hour'],
])('%s is refused', (_, ranges, message) => {
  expect(() => checkRanges(ranges, 100)).toThrow(message)
})

test('next to nothing is refused', () => {
  expect(() => checkRest([{ start: 1, end: 1.3 }])).toThrow('leaves 0.3 s')
  expect(() =>
    checkRest([
      { start: 1, end: 1.3 },
      { start: 5, end: 5.3 },
    ]),
  ).not.toThrow()
})
