import { expect, test } from 'vitest'
import { formatSpeed, formatTimeLeft, formatTook } from './format-pace.ts'

test('speed', () => {
  expect([0.42, 1.44, 9.96, 31.6].map(formatSpeed)).toEqual(['0.4×', '1.4×', '10×', '32×'])
})

test('time left', () => {
  expect([0.2, 40.1, 599, 601, 5400].map(formatTimeLeft)).toEqual([
    '0:01 left',
    '0:41 left',
    '9:59 left',
    '11 min left',
    '90 min left',
  ])
})

test('time taken', () => {
  expect([-5, 420, 9940, 9960, 12_400, 185_000].map(formatTook)).toEqual([
    'in 0.0 s',
    'in 0.4 s',
    'in 9.9 s',
    'in 10 s',
    'in 12 s',
    'in 3:05',
  ])
})
