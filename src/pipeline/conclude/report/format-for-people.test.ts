import { expect, test } from 'vitest'
import { formatLength, formatScore, formatSize, formatSpan } from './format-for-people.ts'

test('numbers as people read them', () => {
  expect(formatSpan({ start: 843.2, end: 3725 })).toBe('14:03\u00a0–\u00a01:02:05')
  expect(formatLength({ start: 0, end: 41.7 })).toBe('42\u00a0s')
  expect(formatLength({ start: 0, end: 185 })).toBe('3:05\u00a0min')
  expect(formatScore(0.914)).toBe('91')
})

test.each([
  [999, '999\u00a0B'],
  [12_345, '12\u00a0kB'],
  [6_412_300, '6.4\u00a0MB'],
  [2_100_000_000, '2.1\u00a0GB'],
])('%d bytes', (bytes, text) => {
  expect(formatSize(bytes)).toBe(text)
})
