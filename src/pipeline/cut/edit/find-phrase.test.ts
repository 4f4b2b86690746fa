import { expect, test } from 'vitest'
import { say } from '../tighten/say-for-test.ts'
import { textOf } from '../tighten/spoken-word.ts'
import { findPhrase } from './find-phrase.ts'

function find(text: string, phrase: string): string[] {
  const words = say(text)
  return findPhrase(words, phrase).map((run) => textOf(words, run))
}

test.each([
  ['It was, You know, late, you know.', 'you know', ['You know,', 'you know.']],
  ['It was, You know, late, you know.', 'you know#2', ['you know.']],
  ['um, so um and um', 'UM #3', ['um']],
  ["Jon's car, Jon and Jon’s.", 'Jon', ["Jon's", 'Jon', 'Jon’s.']],
  ["Jon's car, Jon", "Jon's", ["Jon's"]],
  ['今日 は いい 天気 です。', 'いい天気', ['いい 天気']],
  ['well - known facts', 'well known', ['well - known']],
  ['a you know you', 'you know you', ['you know you']],
])('in “%s” finds %s', (text, phrase, expected) => {
  expect(find(text, phrase)).toEqual(expected)
})

test.each([
  ['Jonas and Jonathan', 'Jon'],
  ['you do know', 'you know'],
  ['um um', 'um#3'],
  ['one two', '...'],
  ['one two', '#2'],
])('in “%s” does not find %s', (text, phrase) => {
  expect(find(text, phrase)).toEqual([])
})
