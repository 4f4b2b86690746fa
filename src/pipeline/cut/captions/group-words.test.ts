import { expect, test } from 'vitest'
import { groupWords, type PhraseRules } from './group-words.ts'
import { splitIntoTokens } from './split-into-tokens.ts'

const rules: PhraseRules = {
  lineWidth: 18,
  spaceWidth: 1,
  lettersPerLine: 18,
  mostFullness: 1.35,
  words: { least: 2, most: 5 },
  leastSeconds: 0.8,
  mostSeconds: 3.5,
  longestHold: 0.8,
  linger: 0.5,
}

interface Said {
  text: string
  /** Seconds a word, and where a pause comes before one. */
  pace?: number
  pauses?: Record<string, number>
}

function phrasesOf({ text, pace = 0.35, pauses = {} }: Said) {
  let time = 0
  const words = text.split(' ').map((word) => {
    time += pauses[word] ?? 0
    const start = time
    time += pace
    return { text: word, start, end: time, speaker: null }
  })
  return groupWords(splitIntoTokens(words, { widthOf: (its) => its.length, widest: 24 }), rules)
}

const textsOf = (said: Said) =>
  phrasesOf(said).map(({ lines }) => lines.map((line) => line.map(({ text }) => text).join(' ')).join('|'))

test('has no phrases for no words', () => {
  expect(groupWords([], rules)).toEqual([])
})

test('breaks where sentences and clauses end', () => {
  expect(textsOf({ text: 'We never sleep. When it rains, nobody comes to see us.' })).toEqual([
    'We never sleep.',
    'When it rains,',
    'nobody comes|to see us.',
  ])
})

test('keeps names, and numbers with their unit, on one screen', () => {
  const text = 'yesterday evening Maria Lopez paid 20 dollars for one more coffee mug from Saint Peter Port'
  const phrases = textsOf({ text })
  for (const pair of ['Maria Lopez', '20 dollars', 'Saint Peter Port']) {
    expect(
      phrases.some((phrase) => phrase.includes(pair)),
      phrases.join(' / '),
    ).toBe(true)
  }
})

test('takes a title and an initial for no end of a sentence', () => {
  const phrases = textsOf({ text: 'I met Dr. Brown and J. Smith there once' })
  expect(
    phrases.some((phrase) => /Dr\. Brown/.test(phrase)),
    phrases.join(' / '),
  ).toBe(true)
  expect(
    phrases.some((phrase) => /J\.[ |]Smith/.test(phrase)),
    phrases.join(' / '),
  ).toBe(true)
})

test('uses two lines at most, none over its width while speech is calm', () => {
  const text =
    'it was a bright cold day in April and the clocks were striking thirteen when somebody knocked on the door of the house'
  for (const { lines, fullness } of phrasesOf({ text })) {
    expect(lines.length).toBeLessThanOrEqual(2)
    expect(fullness).toBeLessThanOrEqual(1)
  }
})

test('ends a phrase at a long silence and takes it off the screen', () => {
  const phrases = phrasesOf({ text: 'that is all so we went home', pauses: { so: 2 } })
  expect(phrases[0]?.lines.flat().map(({ text }) => text)).toEqual(['that', 'is', 'all'])
  expect(phrases[0]?.end).toBeCloseTo(1.05 + 0.5)
})

test('holds a phrase over a short silence until the next', () => {
  const phrases = phrasesOf({ text: 'that is all. Then we went home', pauses: { Then: 0.7 } })
  expect(phrases[0]?.end).toBe(phrases[1]?.start)
})

test('gathers more words when they come too fast to read', () => {
  const text = Array.from({ length: 60 }, (_, i) => ['so', 'we', 'ran', 'and', 'then'][i % 5]).join(' ')
  const phrases = phrasesOf({ text, pace: 0.05 })
  const shown = phrases.map(({ start, end }) => end - start)
  expect(Math.min(...shown)).toBeGreaterThanOrEqual(0.4)
  expect(phrases.flatMap(({ lines }) => lines.flat())).toHaveLength(60)
})

test('never mixes two speakers when both have time to be read', () => {
  const words = ['we', 'ran', 'far', 'away'].map((text, i) => ({
    text,
    start: i,
    end: i + 0.9,
    speaker: i < 2 ? 'A' : 'B',
  }))
  const phrases = groupWords(splitIntoTokens(words, { widthOf: (its) => its.length, widest: 24 }), rules)
  for (const { lines } of phrases) expect(new Set(lines.flat().map(({ speaker }) => speaker)).size).toBe(1)
})

test('draws a single word wider than a line smaller instead of losing it', () => {
  const [phrase] = phrasesOf({ text: 'internationalisations' })
  expect(phrase?.fullness).toBeCloseTo(21 / 18)
})
