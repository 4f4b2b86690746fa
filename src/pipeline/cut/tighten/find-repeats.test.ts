import { expect, test } from 'vitest'
import { findRepeats } from './find-repeats.ts'
import { say } from './say-for-test.ts'
import { textOf } from './spoken-word.ts'

function repeatsIn(text: string, language: string | null = 'en'): string[] {
  const words = say(text)
  return findRepeats(words, language).map((run) => textOf(words, run))
}

test.each([
  ['we took the the train', 'en', ['the']],
  ['I, I, I think so', 'en', ['I,', 'I,']],
  ['I was I was going home', 'en', ['I was']],
  ['So what we did what we did is simple', 'en', ['what we did']],
  ['a wh- what a th- the day', 'en', ['wh-', 'th-']],
  ['and then, and then we left', 'en', ['and then,']],
  ['ich ich habe, und und', 'de', ['ich']],
  ['je je pense que', 'fr', ['je']],
])('takes what was begun twice out of “%s” (%s)', (text, language, expected) => {
  expect(repeatsIn(text, language)).toEqual(expected)
})

test.each([
  ['very very good, no no no, really really', 'en'],
  ['I know that that is so, and he had had it', 'en'],
  ['day by day by day, again and again and again', 'en'],
  ['and on and on and on it went', 'en'],
  ['We can do it, we can do it.', 'en'],
  ['Leute, die die Welt sehen', 'de'],
  ['nous nous levons, vous vous levez', 'fr'],
  ['in the … … … in the end', 'en'],
  ['That is it. It is. It is late now', 'en'],
  ['five five five two two', 'en'],
  ['धीरे धीरे चलो, अलग अलग', 'hi'],
  ['the B: the question is', 'en'],
  ['I think I thought', 'en'],
])('leaves what is said twice on purpose in “%s” (%s)', (text, language) => {
  expect(repeatsIn(text, language)).toEqual([])
})
