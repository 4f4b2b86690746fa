import { describe, expect, it } from 'vitest'
import { conversation, type Line } from './conversation-for-test.ts'
import { factsOf } from './facts-for-test.ts'
import { splitIntoSentences } from './split-into-sentences.ts'
import { spokenWords } from './spoken-words.ts'

function sentencesOf(lines: readonly Line[], timing = {}) {
  return factsOf(conversation(lines, timing)).sentences.map(({ text }) => text)
}

describe('splitIntoSentences', () => {
  it('finds the sentences inside a segment, not the abbreviations', () => {
    expect(sentencesOf([['Ana', 'I met Dr. Hale at 9 a.m. on Monday. She was late! Why?']])).toEqual([
      'I met Dr. Hale at 9 a.m. on Monday.',
      'She was late!',
      'Why?',
    ])
  })

  it('joins caption lines that break off inside a sentence', () => {
    expect(
      sentencesOf([
        [null, 'And you will get a message'],
        [null, 'with everything you need'],
        [null, 'to sign in. Thank you.'],
      ]),
    ).toEqual(['And you will get a message with everything you need to sign in.', 'Thank you.'])
  })

  it('ends a sentence where the speaker changes and at a long silence', () => {
    const segments = [
      ...conversation([['Ana', 'So I was just about to']]),
      ...conversation([['Bo', 'Wait. I have to']], { from: 10 }),
      ...conversation([['Bo', 'go now.']], { from: 20 }),
    ]
    expect(factsOf(segments).sentences.map(({ text }) => text)).toEqual([
      'So I was just about to',
      'Wait.',
      'I have to',
      'go now.',
    ])
  })

  it('goes on after dots that a small letter follows', () => {
    expect(sentencesOf([['Ana', 'He was... well, late. And then... Nothing.']])).toEqual([
      'He was... well, late.',
      'And then...',
      'Nothing.',
    ])
  })

  it('takes segments and pauses as borders when nothing is punctuated', () => {
    const lines: Line[] = Array.from({ length: 30 }, (_, i) => [null, `line ${i} of a machine that writes no marks`])
    expect(sentencesOf(lines)).toHaveLength(30)
  })

  it('reads Chinese, Arabic and Hindi marks', () => {
    expect(sentencesOf([[null, '今天 很 好。 你 呢？ 我 也 是！']])).toEqual(['今天 很 好。', '你 呢？', '我 也 是！'])
    expect(sentencesOf([[null, 'كيف حالك؟ أنا بخير. शुक्रिया दोस्त।']])).toHaveLength(3)
  })

  it('orders the sentences of people who talk at the same time by their start', () => {
    const ana = conversation([['Ana', 'I talk on and on for long. And I never stop talking.']])
    const bo = conversation([['Bo', 'Yes indeed.']], { from: 1 })
    const facts = factsOf([...ana, ...bo])
    expect(facts.sentences.map(({ text }) => text)).toEqual([
      'I talk on and on for long.',
      'Yes indeed.',
      'And I never stop talking.',
    ])
    expect(facts.words.map(({ text }) => text).slice(7, 9)).toEqual(['Yes', 'indeed.'])
  })

  it('splits what lasts longer than allowed and marks the inner borders', () => {
    const segments = conversation([
      ['Ana', 'we built the first one in spring, and it fell over in the wind, so we built another one of stone.'],
    ])
    const { sentences } = splitIntoSentences({
      words: spokenWords({ segments, duration: 60 }),
      segments,
      maxSeconds: 5,
      pieceSeconds: 4,
    })
    expect(sentences.map(({ text, opens, closes }) => [opens, text, closes])).toEqual([
      ['sentence', 'we built the first one in spring,', 'clause'],
      ['clause', 'and it fell over in the wind,', 'clause'],
      ['clause', 'so we built another one of stone.', 'sentence'],
    ])
  })
})
