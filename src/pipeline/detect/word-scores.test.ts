import { expect, it } from 'vitest'
import { factsOf } from './facts-for-test.ts'
import { textsOf, turnWordsOf } from './place-signals.ts'
import { type Laughter, laughterAfter } from './word-scores.ts'

const weights = { base: -3, words: { haha: [0, 4] as [number, number] }, shapes: {} }

function laughterOf(text: string, seconds: number): Laughter {
  const facts = factsOf([{ ordinal: 0, start: 0, end: seconds, text, speaker: null, words: [] }])
  const known = { words: true, speakers: false }
  const turnWords = turnWordsOf(facts.sentences)
  return laughterAfter({ facts, texts: textsOf(facts), turnWords, known, weights })
}

const words = Array.from({ length: 200 }, (_, i) => `word${i % 7}`)
const withHaha = (at: number) => words.map((word, i) => (i === at ? 'haha' : word)).join(' ')
const sum = ({ expected }: Laughter) => expected.reduce((all, value) => all + value, 0)

it('hears a laugh wherever it is in talk that nobody punctuated', () => {
  const without = sum(laughterOf(words.join(' '), 90))
  for (const at of [88, 92, 96, 100, 104, 108, 112]) {
    expect(sum(laughterOf(withHaha(at), 90)), `at word ${at}`).toBeGreaterThan(without + 0.4)
    const { most } = laughterOf(withHaha(at), 90)
    expect(Math.max(...most)).toBeCloseTo(1 / (1 + Math.exp(-1)), 9)
  }
})

it('keeps to the ends of sentences where they are known', () => {
  const sentence = `${words.slice(0, 12).join(' ')} haha ${words.slice(0, 12).join(' ')}.`
  const { expected } = laughterOf(`${sentence} The next one is short. So is this. And this one too.`, 15)
  expect(expected[0]).toBeCloseTo(1 / (1 + Math.exp(3)), 9)
})
