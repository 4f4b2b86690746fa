import { expect, test } from 'vitest'
import { findEmphasis } from './find-emphasis.ts'
import { splitIntoTokens } from './split-into-tokens.ts'

const emphasisIn = (text: string) => {
  const words = text.split(' ').map((word, i) => ({ text: word, start: i, end: i + 0.9, speaker: null }))
  const tokens = splitIntoTokens(words, { widthOf: (its) => its.length, widest: 40 })
  return [...findEmphasis(tokens)].toSorted((a, b) => a.start - b.start).map((token) => token.text)
}

test('numbers first, then names, whole', () => {
  expect(emphasisIn('so in 2019 we met the baker Maria Lopez who sold her bread to all of us here')).toEqual([
    '2019',
    'Maria',
    'Lopez',
  ])
})

test('rare long words when there is nothing else, and never more than a fifth', () => {
  expect(emphasisIn('and so we all went to see the astonishing thing he made of it')).toEqual(['astonishing'])
  const long = Array.from({ length: 30 }, (_, i) => `wonderful${'abcdefghij'.charAt(i % 10)}${i}`).join(' ')
  expect(emphasisIn(long)).toHaveLength(6)
})

test('what is said again and again does not stand out', () => {
  expect(emphasisIn('really good and really bad and really odd and really so')).toEqual([])
})

test('the beginning of a sentence is no name, nor a word that is also written small', () => {
  expect(emphasisIn('we came. Then it was so. But he sat')).toEqual([])
  expect(emphasisIn('it was the end of A, M. The end it was so')).not.toContain('The')
})

test('nor is the beginning of what is quoted', () => {
  expect(emphasisIn('he said: "Who is it?" and I said, "She is out" and they all met Ada')).toEqual(['Ada'])
})

test('words that only hold a sentence together carry nothing', () => {
  expect(emphasisIn("and because they couldn't always go through it they all sat in the bakery")).toEqual(['bakery'])
  expect(emphasisIn('und weil sie eigentlich nicht konnten, saßen sie da in ihrer Küche mit Brot')).not.toContain(
    'eigentlich',
  )
})

test('knows numbers and long words of other scripts', () => {
  expect(emphasisIn('מכרנו 25 כיכרות של לחם')).toEqual(['25'])
  expect(emphasisIn('мы были там и видели удивительное')).toEqual(['удивительное'])
})

test('has none for no words', () => {
  expect(emphasisIn('')).toEqual([])
})
