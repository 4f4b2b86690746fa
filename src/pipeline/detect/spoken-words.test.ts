import { describe, expect, it } from 'vitest'
import type { Segment } from '../../domain/transcript.ts'
import { conversation } from './conversation-for-test.ts'
import { spokenWords, textBetween } from './spoken-words.ts'

const segment = (fields: Partial<Segment>): Segment => ({
  ordinal: 0,
  start: 0,
  end: 1,
  text: '',
  speaker: null,
  words: [],
  ...fields,
})

describe('spokenWords', () => {
  it('spreads the text of a segment without words by length', () => {
    const words = spokenWords({ segments: [segment({ start: 10, end: 20, text: 'a bbbb' })], duration: 100 })
    expect(words.map(({ text, start, end }) => [text, start, end])).toEqual([
      ['a', 10, 12],
      ['bbbb', 12, 20],
    ])
  })

  it('mends times that run backwards, are no numbers or pass the end', () => {
    const word = (text: string, start: number, end: number) => ({
      text,
      start,
      end,
      confidence: null,
      timing: 'exact' as const,
    })
    const words = spokenWords({
      segments: [
        segment({
          text: 'one two three four five',
          words: [
            word('one', 5, 6),
            word('two', 3, 4),
            word('three', Number.NaN, 7),
            word('four', 8, 99),
            word('five', 12, 13),
          ],
        }),
      ],
      duration: 10,
    })
    expect(words.map(({ text, start, end }) => [text, start, end])).toEqual([
      ['one', 5, 6],
      ['two', 5, 5],
      ['three', 5, 7],
      ['four', 8, 10],
    ])
  })

  it('drops a segment that is there twice, and sorts those out of order', () => {
    const [first, second] = conversation([
      ['Ana', 'First comes this.'],
      ['Bo', 'Then comes that.'],
    ])
    if (first === undefined || second === undefined) throw new Error('two segments expected')
    const words = spokenWords({ segments: [second, first, { ...first }], duration: 60 })
    expect(words.map(({ text }) => text).join(' ')).toBe('First comes this. Then comes that.')
  })
})

describe('textBetween', () => {
  it('takes the text as the transcript writes it, across segments', () => {
    const segments = conversation([
      ['Ana', 'It is late. We go home.'],
      ['Bo', 'Not yet!'],
    ])
    const words = spokenWords({ segments, duration: 60 })
    expect(textBetween(words, segments, { first: 3, last: 6 })).toBe('We go home. Not')
  })

  it('puts no spaces into Chinese', () => {
    const text = '我们昨天用Python写了一个程序。'
    const pieces = ['我们', '昨天', '用', 'Python', '写了', '一个', '程序。']
    const words = pieces.map((piece, i) => ({
      text: piece,
      start: i,
      end: i + 1,
      confidence: null,
      timing: 'exact' as const,
    }))
    const segments = [segment({ text, end: 7, words })]
    expect(textBetween(spokenWords({ segments, duration: 10 }), segments, { first: 1, last: 6 })).toBe(
      '昨天用Python写了一个程序。',
    )
  })
})
