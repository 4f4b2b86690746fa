import { expect, test } from 'vitest'
import type { ClipWord } from './clip-word.ts'
import { splitIntoTokens } from './split-into-tokens.ts'

const rules = { widthOf: (text: string) => text.length, widest: 20 }
const word = (text: string, start = 0, end = start + 1): ClipWord => ({ text, start, end, speaker: null })
const textsOf = (words: ClipWord[]) => splitIntoTokens(words, rules).map(({ text }) => text)

test('puts words in order of time, with strictly rising starts', () => {
  const tokens = splitIntoTokens([word('b', 2), word('a', 1), word('c', 2), word('d', 2)], rules)
  expect(tokens.map(({ text, start }) => [text, start])).toEqual([
    ['a', 1],
    ['b', 2],
    ['c', 2.01],
    ['d', 2.02],
  ])
})

test('drops what shows nothing and what has no time', () => {
  expect(textsOf([word(''), word(' \n'), word('\u200b'), word('x', Number.NaN), word('y')])).toEqual(['y'])
})

test('mends times before zero and backwards', () => {
  expect(splitIntoTokens([{ text: 'a', start: -3, end: -5, speaker: null }], rules)).toMatchObject([
    { start: 0, end: 0 },
  ])
})

test('joins lone punctuation to the word before', () => {
  expect(textsOf([word('Well', 0), word(',', 1), word('yes', 2), word('–', 3), word('no', 4)])).toEqual([
    'Well,',
    'yes –',
    'no',
  ])
})

test('splits at spaces inside a word and shares its time by length', () => {
  expect(splitIntoTokens([word('New\nYork', 0, 0.7)], rules)).toMatchObject([
    { text: 'New', start: 0, end: 0.3, glued: false },
    { text: 'York', start: 0.3, end: 0.7, glued: false },
  ])
})

test('cuts a word of sixty letters into even pieces with hyphens', () => {
  const tokens = splitIntoTokens([word('x'.repeat(60), 0, 6)], rules)
  expect(tokens.map(({ text }) => text.length)).toEqual([16, 16, 16, 15])
  expect(tokens.map(({ glued }) => glued)).toEqual([false, true, true, true])
  expect(tokens[0]?.text.endsWith('-')).toBe(true)
  expect(tokens[3]).toMatchObject({ start: expect.closeTo(4.5, 0), end: 6 })
})

test('splits Chinese into words, punctuation stays with what it closes or opens', () => {
  const texts = textsOf([word('我们聊《红楼梦》，好吗？')])
  expect(texts.join('')).toBe('我们聊《红楼梦》，好吗？')
  expect(texts.length).toBeGreaterThan(2)
  expect(texts.some((text) => /^[，？》]/u.test(text))).toBe(false)
  expect(texts.some((text) => text.endsWith('《'))).toBe(false)
})

test('cuts letters of any width so that each piece fits', () => {
  const widthOf = (text: string) => Array.from(text).reduce((sum, letter) => sum + (letter === 'W' ? 3 : 1), 0)
  const tokens = splitIntoTokens([word('iiiiiiiiiiWWWWWWWWWW')], { widthOf, widest: 12 })
  expect(
    tokens
      .map(({ text }) => text)
      .join('')
      .replaceAll('-', ''),
  ).toBe('iiiiiiiiiiWWWWWWWWWW')
  for (const { width } of tokens) expect(width).toBeLessThanOrEqual(12)
})
