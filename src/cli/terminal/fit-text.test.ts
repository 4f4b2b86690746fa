import stringWidth from 'string-width'
import { expect, test } from 'vitest'
import { fitMiddle, fitText, padText } from './fit-text.ts'

test.each([
  ['short', 10, 'short'],
  ['exactly ten', 11, 'exactly ten'],
  ['a longer title', 9, 'a longer…'],
  ['日本語のタイトル', 7, '日本語…'],
  ['日本語のタイトル', 8, '日本語…'],
  ['ab👩‍👩‍👧cd', 4, 'ab…'],
  ['anything', 0, ''],
])('%j in %d columns', (text, width, fitted) => {
  expect(fitText(text, width)).toBe(fitted)
  expect(stringWidth(fitText(text, width))).toBeLessThanOrEqual(width)
})

test('a file name keeps both ends', () => {
  expect(fitMiddle('01-the-night-the-whole-archive-was-gone.mp4', 24)).toBe('01-the-night-th…gone.mp4')
  expect(fitMiddle('short.mp4', 24)).toBe('short.mp4')
})

test('padding counts columns, not characters', () => {
  expect(padText('日本', 6)).toBe('日本  ')
  expect(padText('cut', 6)).toBe('cut   ')
})
