import { expect, test } from 'vitest'
import type { Segment } from '../../../domain/transcript.ts'
import { say } from '../tighten/say-for-test.ts'
import { correctCaptions, correctionsFor } from './correct-captions.ts'

function corrected(text: string, ...replacements: { from: string; to: string }[]) {
  const words = say(text)
  const segment: Segment = { ordinal: 0, start: 0, end: 60, text, speaker: null, words }
  const corrections = replacements.flatMap((replacement) => correctionsFor(words, replacement))
  return correctCaptions([segment], corrections)[0]?.words ?? []
}

const shown = (text: string, from: string, to: string) =>
  corrected(text, { from, to })
    .map((word) => word.text)
    .join(' ')

test.each([
  ['So Jon, you know Jon.', 'Jon', 'John', 'So John, you know John.'],
  ["“Jon's house”", 'jon', 'John', "“John's house”"],
  ["Jon's house", "Jon's", 'John’s', 'John’s house'],
  ['See you there?', 'there', 'then!', 'See you then!'],
  ['We use clip right, daily', 'clip right', 'Clipwright', 'We use Clipwright, daily'],
  ['in a recent town', 'recent', 'fairly recent', 'in a fairly recent town'],
  ['well um yes', 'um', '', 'well yes'],
])('in “%s” shows %s as %s', (text, from, to, expected) => {
  expect(shown(text, from, to)).toBe(expected)
})

test('the time is kept: word by word where there are as many, shared out by length where not', () => {
  const times = (words: { text: string; start: number; end: number }[]) =>
    words.map(({ text, start, end }) => [text, start, end])
  expect(times(corrected('a bb cc d', { from: 'bb cc', to: 'xx yy' })).slice(1, 3)).toEqual([
    ['xx', 0.3, 0.6],
    ['yy', 0.6, 0.9].map((value) => (typeof value === 'number' ? expect.closeTo(value, 3) : value)),
  ])
  expect(times(corrected('a bb cc d', { from: 'bb', to: 'x yyy' })).slice(1, 3)).toEqual([
    ['x', 0.3, 0.375],
    ['yyy', 0.375, 0.6],
  ])
  expect(times(corrected('a bb cc d', { from: 'bb cc', to: 'one' }))[1]).toEqual(['one', 0.3, expect.closeTo(0.9, 3)])
})
