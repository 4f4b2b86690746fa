import { expect, test } from 'vitest'
import { rangesToFrame } from './ranges-to-frame.ts'

const moment = { start: 100, end: 130 }

test.each([
  ['all of its moment', [[100, 130]], [[100, 130]]],
  [
    'parts of its moment, out of order',
    [
      [120, 125],
      [101, 110],
    ],
    [[100, 130]],
  ],
  ['more than its moment', [[97, 131]], [[97, 131]]],
  [
    'its moment and a word of before',
    [
      [100, 130],
      [98.5, 99],
    ],
    [[98.5, 130]],
  ],
  [
    'elsewhere as well',
    [
      [20, 25],
      [101, 110],
    ],
    [
      [20, 25],
      [100, 130],
    ],
  ],
  [
    'only elsewhere',
    [
      [300, 305],
      [20, 25],
      [27, 30],
    ],
    [
      [20, 30],
      [300, 305],
    ],
  ],
])('a clip that plays %s', (_, ranges, expected) => {
  const edit = { ranges: ranges.map(([start = 0, end = 0]) => ({ start, end })) }
  expect(rangesToFrame(edit, moment).map(({ start, end }) => [start, end])).toEqual(expected)
})
