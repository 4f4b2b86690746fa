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

  it('makes a mark that stands alone part of its neighbour, and keeps its time', () => {
    const texts = (text: string) =>
      spokenWords({ segments: [segment({ end: 10, text })], duration: 10 }).map((word) => word.text)
    expect(texts('Vous venez ? « Oui ! » -- peut-être')).toEqual([
      'Vous',
      'venez\u00a0?',
      '«\u00a0Oui\u00a0!\u00a0»\u00a0--',
      'peut-être',
    ])
    expect(texts('-- well & 50 %')).toEqual(['--\u00a0well', '&', '50', '%'])
    expect(texts('... ?!')).toEqual([])
    const [first, second] = spokenWords({ segments: [segment({ end: 10, text: 'ab ? cd' })], duration: 10 })
    expect([first?.start, first?.end, first?.from, first?.to, second?.start]).toEqual([0, 6, 0, 4, 6])
  })

  it('splits what is written without blanks by dictionary, and knows where a blank is a breath', () => {
    const words = spokenWords({ segments: [segment({ end: 9, text: '今天天气很好 我们去公园。' })], duration: 10 })
    expect(words.map(({ text, endsPhrase }) => (endsPhrase ? `${text}|` : text)).join(' ')).toBe(
      '今天 天气 很好| 我们 去 公园。|',
    )
    expect(words.at(-1)?.end).toBeCloseTo(9)
    const [english] = spokenWords({ segments: [segment({ text: 'boat sails' })], duration: 10 })
    expect(english?.endsPhrase).toBe(false)
  })

  it('leaves the words of a recogniser as they are, unless one is a whole phrase', () => {
    const word = (text: string, start: number, end: number) => ({
      text,
      start,
      end,
      confidence: null,
      timing: 'exact' as const,
    })
    const said = [word('很好吃', 0, 1), word('我们今天下午一起去北京的公园玩', 1, 5)]
    const words = spokenWords({
      segments: [segment({ end: 5, text: said.map(({ text }) => text).join(''), words: said })],
      duration: 10,
    })
    expect(words[0]?.text).toBe('很好吃')
    expect(words.length).toBeGreaterThan(5)
    expect(words.map(({ text }) => text).join('')).toBe(said.map(({ text }) => text).join(''))
    expect(words.at(-1)?.end).toBeCloseTo(5)
  })

  it('hears no words in sounds, but in brackets that somebody speaks', () => {
    const texts = ['[Music]', '♪ la la ♪', '[applause] [laughs]', '[Ana] So it is.', '【拍手】', '(aside) Really.']
    const segments = texts.map((text, i) => segment({ text, start: i, end: i + 1, ordinal: i }))
    const said = spokenWords({ segments, duration: 60 }).map(({ text }) => text)
    expect(said.join(' ')).toBe('[Ana] So it is. (aside) Really.')
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
