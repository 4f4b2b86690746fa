import { expect, test } from 'vitest'
import { cleanText } from './clean-text.ts'

test('keeps one line of visible text', () => {
  expect(cleanText(' two\r\n lines\u2028here ')).toBe('two lines here')
  expect(cleanText('a\u0000b\u0007c\u001b[31m')).toBe('abc[31m')
})

test('drops bidi overrides and broken characters, keeps the joiners words are spelled with', () => {
  expect(cleanText('abc\u202edef\u2066')).toBe('abcdef')
  expect(cleanText('a\ud800b\ufffd')).toBe('ab')
  expect(cleanText('می\u200cخواهم')).toBe('می\u200cخواهم')
})

test('composes letters, since fonts have the composed ones', () => {
  expect(cleanText('Cafe\u0301')).toBe('Café')
})
