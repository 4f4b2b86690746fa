import { expect, test } from 'vitest'
import { heardFrom } from './words-of-tokens.ts'

const empty = { text: '', lang: '', tokens: [], timestamps: [], durations: [] }

test('tokens of Parakeet become words with their times', () => {
  const { cues } = heardFrom(
    {
      ...empty,
      text: ' Ask not what your country can do.',
      tokens: [' A', 'sk', ' not', ' what', ' your', ' coun', 'try', ' can', ' do', '.'],
      timestamps: [0.32, 0.4, 0.64, 0.96, 1.2, 1.44, 1.6, 1.92, 2.16, 2.4],
      durations: [0.08, 0.16, 0.24, 0.16, 0.16, 0.16, 0.24, 0.16, 0.16, 0.08],
    },
    3,
  )
  expect(cues).toHaveLength(1)
  expect(cues[0]?.text).toBe('Ask not what your country can do.')
  expect(cues[0]?.words?.map(({ text, start, end }) => [text, start, end])).toEqual([
    ['Ask', 0.32, 0.56],
    ['not', 0.64, 0.88],
    ['what', 0.96, 1.12],
    ['your', 1.2, 1.36],
    ['country', 1.44, 1.84],
    ['can', 1.92, 2.08],
    ['do.', 2.16, 2.48],
  ])
  expect(cues[0]?.words?.every(({ timing }) => timing === 'exact')).toBe(true)
})

test('the blank of SentencePiece is one too, and a missing length ends with the next token', () => {
  const { cues } = heardFrom(
    { ...empty, text: 'so on', tokens: ['▁so', '▁on'], timestamps: [1, 1.2], durations: [] },
    9,
  )
  expect(cues[0]?.words?.map(({ start, end }) => [start, end])).toEqual([
    [1, 1.2],
    [1.2, 1.8],
  ])
})

test('text without times is one cue over the sound, its words left for the estimator', () => {
  const { cues, language } = heardFrom({ ...empty, text: ' Guten Tag. ', lang: 'de', tokens: ['Guten', ' Tag'] }, 7.5)
  expect(cues).toEqual([{ start: 0, end: 7.5, text: 'Guten Tag.', speaker: null, words: null }])
  expect(language).toBe('de')
})

test.each([
  ['all at zero', [0, 0]],
  ['falling', [2, 1]],
])('times that are %s are not believed', (_name, timestamps) => {
  expect(heardFrom({ ...empty, text: 'a b', tokens: [' a', ' b'], timestamps }, 4).cues[0]?.words).toBeNull()
})

test('nothing heard is nothing, in no language', () => {
  expect(heardFrom({ ...empty, lang: 'en', text: ' <|nospeech|> ' }, 4)).toEqual({ language: null, cues: [] })
})
