import { expect, test } from 'vitest'
import { splitIntoSegments } from './split-into-segments.ts'

/** What machines without punctuation write: lower case, exact times; `|` is a pause of 0.9 s, `,` one of 0.3 s. */
function heard(text: string) {
  let time = 0
  return text.split(' ').flatMap((token) => {
    const word = token.replace(/[|,]$/, '')
    const start = time
    time += 0.3
    const end = time
    time += token.endsWith('|') ? 0.9 : token.endsWith(',') ? 0.3 : 0.02
    return [{ text: word, start, end, confidence: 0.9, timing: 'exact' as const }]
  })
}

const split = (text: string) =>
  splitIntoSegments([{ speaker: null, words: heard(text) }], { language: 'en' }).map((segment) => segment.text)

test('words without full stops become sentences that end at pauses', () => {
  expect(split('so we opened the shop at two| nobody came for a week| then the nurses found us')).toEqual([
    'so we opened the shop at two',
    'nobody came for a week',
    'then the nurses found us',
  ])
})

test('who never pauses for long is split at the longest breath, none over 30 words', () => {
  const breath = 'and then we went to the sea and looked at the boats for a very long time,'
  const segments = split(Array.from({ length: 8 }, () => breath).join(' '))
  expect(segments.length).toBeGreaterThanOrEqual(5)
  for (const segment of segments) {
    expect(segment.split(' ').length).toBeLessThanOrEqual(34)
    expect(segment.startsWith('and then') && segment.endsWith('long time')).toBe(true)
  }
})

test('a stray full stop does not make punctuated text of it', () => {
  const segments = split(
    `it was number one. ${Array.from({ length: 20 }, () => 'we baked bread all night|').join(' ')}`,
  )
  expect(segments).toContain('we baked bread all night')
})

test('an hour without a pause is still split, and no word is lost', () => {
  const words = Array.from({ length: 9000 }, (_, i) => `w${i}`)
  const segments = split(words.join(' '))
  expect(segments.join(' ').split(' ')).toEqual(words)
  expect(Math.max(...segments.map((segment) => segment.split(' ').length))).toBeLessThanOrEqual(30)
})
