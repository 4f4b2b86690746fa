import { expect, test } from 'vitest'
import type { Cue } from '../transcriber.ts'
import { adoptPunctuation, lacksPunctuation } from './adopt-punctuation.ts'

const cue = (text: string, timed = false): Cue => ({
  start: 0,
  end: 5,
  text,
  speaker: null,
  words: timed
    ? text
        .split(' ')
        .map((one, index) => ({ text: one, start: index, end: index + 1, confidence: null, timing: 'exact' }))
    : null,
})
const bare = 'how are you i am fine thank you and what about your dog he is fine too that is good to hear from you'

test('text without full stops is known', () => {
  expect(lacksPunctuation([cue(bare)])).toBe(true)
  expect(lacksPunctuation([cue('How are you? I am fine. Thank you. '.repeat(5))])).toBe(false)
  expect(lacksPunctuation([cue('yes')])).toBe(false)
})

test('punctuation and capitals are taken over, times stay', () => {
  const adopted = adoptPunctuation(cue('how are you i am fine', true), 'How are you? I am fine.')
  expect(adopted.text).toBe('How are you? I am fine.')
  expect(adopted.words?.map(({ text, start }) => [text, start])).toEqual([
    ['How', 0],
    ['are', 1],
    ['you?', 2],
    ['I', 3],
    ['am', 4],
    ['fine.', 5],
  ])
})

test.each(['How are you? I am.', 'How were you? I am fine.', 'How are you? I am fine. Thanks.', ''])(
  'other words than were heard are not taken: %s',
  (text) => {
    const heard = cue('how are you i am fine', true)
    expect(adoptPunctuation(heard, text)).toBe(heard)
  },
)
