import { describe, expect, it } from 'vitest'
import { HearingUnusable, readHearing } from './read-hearing.ts'
import { trustHearing } from './trust-hearing.ts'

/** What is believed of an answer for a window of 30 s that begins at 1:00. */
function heard(
  answer: unknown,
  { duration = 30, silences = [] as { start: number; end: number }[], asWords = false } = {},
) {
  const text = typeof answer === 'string' ? answer : JSON.stringify(answer)
  return trustHearing(readHearing(text, { segmentsAreWords: asWords }), { start: 60, duration, silences })
}

const textsOf = ({ cues }: ReturnType<typeof heard>) => cues.map(({ text }) => text)
const wordsOf = ({ cues }: ReturnType<typeof heard>) =>
  cues.flatMap(({ words }) => (words ?? []).map(({ text, start, end }) => [text, start, end]))

/** Words a second apart, each half a second long. */
const spoken = (text: string, from = 0) =>
  text.split(' ').map((word, index) => ({ word, start: from + index / 2, end: from + index / 2 + 0.4 }))
const segment = (text: string, start: number, end: number, more: object = {}) => ({
  id: 0,
  seek: 0,
  start,
  end,
  text: ` ${text}`,
  tokens: [50_364],
  temperature: 0,
  avg_logprob: -0.2,
  compression_ratio: 1.3,
  no_speech_prob: 0.02,
  ...more,
})

describe('what services answer', () => {
  it('OpenAI: words lack the full stops that segments have', () => {
    const result = heard({
      task: 'transcribe',
      language: 'english',
      duration: 30,
      text: "We lost it all. And then, we didn't!",
      words: spoken("We lost it all And then we didn't"),
      segments: [segment('We lost it all.', 0, 2), segment("And then, we didn't!", 2, 4)],
    })
    expect(result.language).toBe('en')
    expect(textsOf(result)).toEqual(['We lost it all.', "And then, we didn't!"])
    expect(wordsOf(result)[3]).toEqual(['all.', 1.5, 1.9])
  })

  it('xAI: words beside a text, no segments', () => {
    const words = [
      { text: 'I', start: 0.24, end: 0.48, confidence: 0.9 },
      { text: 'pay', start: 0.48, end: 0.8 },
      { text: 'five', start: 0.9, end: 1.1 },
      { text: 'dollars', start: 1.1, end: 1.6 },
      { text: 'today', start: 1.7, end: 2 },
    ]
    const result = heard({ text: 'I pay $5 today.', language: 'English', duration: 3, words })
    expect(textsOf(result)).toEqual(['I pay $5 today.'])
    expect(result.language).toBe('en')
    expect(wordsOf(result).at(-1)).toEqual(['today.', 1.7, 2])
  })

  it('Mistral: segments are words when words were asked for', () => {
    const segments = spoken('Bonjour à tous').map(({ word, start, end }) => ({
      type: 'transcription_segment',
      text: ` ${word}`,
      start,
      end,
    }))
    const answer = { model: 'voxtral-mini-2602', text: 'Bonjour à tous.', language: 'fr', segments, usage: {} }
    expect(wordsOf(heard(answer, { asWords: true }))).toEqual([
      ['Bonjour', 0, 0.4],
      ['à', 0.5, 0.9],
      ['tous.', 1, 1.4],
    ])
    expect(heard({ ...answer, segments: [{ text: 'Bonjour à tous.', start: 0, end: 1.4 }] }).cues).toEqual([
      { text: 'Bonjour à tous.', start: 0, end: 1.4, speaker: null, words: null },
    ])
  })

  it('faster-whisper: words inside segments', () => {
    const segments = [
      {
        ...segment('Hello there.', 1, 2),
        words: [
          { word: ' Hello', start: 1, end: 1.4 },
          { word: ' there.', start: 1.5, end: 2 },
        ],
      },
    ]
    expect(wordsOf(heard({ text: 'Hello there.', segments }))).toEqual([
      ['Hello', 1, 1.4],
      ['there.', 1.5, 2],
    ])
  })

  it('gpt-transcribe: text alone is one cue over a short window, to be spread', () => {
    expect(heard({ text: 'Hello there.', languages: [{ code: 'de' }] }, { duration: 12 })).toMatchObject({
      language: 'de',
      cues: [{ text: 'Hello there.', start: 0, end: 12, words: null }],
    })
  })

  it('nothing said is nothing heard', () => {
    for (const answer of [
      { text: '' },
      { text: ' \n' },
      { text: '', words: [], segments: [] },
      { text: null, segments: [] },
    ])
      expect(heard(answer)).toEqual({ language: null, cues: [], warnings: [] })
  })

  it('sounds are no words', () => {
    expect(textsOf(heard({ text: '[Music]', segments: [segment('[Music]', 0, 20)] }))).toEqual([])
  })
})

describe('answers that can’t be used', () => {
  it.each([
    ['<!doctype html><html>Bad gateway</html>', 'gave a web page for an answer'],
    ['Sure! Here is the transcript: hello', 'gave an answer that is no JSON'],
    ['{"text":"Hello', 'gave an answer that is no JSON'],
    ['', 'gave an answer that is no JSON'],
    ['"hello"', 'gave an answer that is no transcript'],
    ['[1,2]', 'gave an answer that is no transcript'],
    ['{"error":{"message":"overloaded"}}', 'gave an answer without a transcript in it'],
    ['{"text":{"a":1}}', 'gave an answer without a transcript in it'],
    ['{"text":"hello","words":"hello"}', 'gave an answer that is no transcript'],
  ])('%s', (answer, problem) => {
    expect(() => heard(answer)).toThrow(new HearingUnusable(problem))
  })

  it('times beyond the window, or backwards', () => {
    const beyond = spoken('one two three four five six').map((word) => ({
      ...word,
      start: word.start + 40,
      end: word.end + 40,
    }))
    expect(() => heard({ text: 'one two three four five six', words: beyond })).toThrow('times that lie outside')
    const backwards = spoken('one two three four five six', 2)
      .toReversed()
      .map((word, index) => ({ ...word, start: 12 - index * 2 }))
    expect(() => heard({ text: 'six five four three two one', words: backwards })).toThrow('run backwards')
  })

  it('words without times in a long window', () => {
    expect(() => heard({ text: 'Hello there, all of you.' }, { duration: 300 })).toThrow('gave words without times')
  })

  it('more text than anybody can say', () => {
    expect(() => heard({ text: 'blah '.repeat(2000) }, { duration: 30 })).toThrow('which nobody can say')
  })
})

describe('answers that are partly wrong', () => {
  it('one impossible time is taken away and its word placed between its neighbours', () => {
    const words = spoken('one two three four five six')
    const [, , third] = words
    if (third) Object.assign(third, { start: 900, end: 901 })
    const timed = wordsOf(heard({ text: 'one two three four five six', words }))
    expect(timed.map(([text]) => text)).toEqual(['one', 'two', 'three', 'four', 'five', 'six'])
    expect(timed[2]?.[1]).toBeGreaterThanOrEqual(0.9)
    expect(timed[2]?.[2]).toBeLessThanOrEqual(1.5)
  })

  it('NaN, text for numbers and null for what is not known', () => {
    const answer =
      '{"text":"one two three four","words":[{"word":"one","start":"0.5","end":"0.9"},{"word":"two","start":NaN,"end":null},{"word":"three","start":1.5,"end":1.2},{"word":"four","start":2,"end":2.4}]}'
    expect(wordsOf(heard(answer)).map(([text]) => text)).toEqual(['one', 'two', 'three', 'four'])
    for (const [, start, end] of wordsOf(heard(answer))) expect(Number(end)).toBeGreaterThanOrEqual(Number(start))
  })

  it('a broken element does not spoil the others', () => {
    const words = [...spoken('one two'), null, 'three', { start: 1.5 }]
    expect(wordsOf(heard({ text: 'one two', words })).map(([text]) => text)).toEqual(['one', 'two'])
  })

  it('times a little beyond the end are rounding', () => {
    const words = [{ word: 'end', start: 29.8, end: 30.6 }]
    expect(wordsOf(heard({ text: 'end', words }))).toEqual([['end', 29.8, 30]])
  })
})

describe('what is made up', () => {
  const real = 'We never thought that anybody would listen to this.'

  it('a phrase over and over is left out, and what was said before is kept', () => {
    const loop = 'I am going to the store and '.repeat(9).trim()
    const words = [
      ...spoken(real),
      ...spoken(loop, 6).map((word, i) => ({ ...word, start: 6 + i * 0.3, end: 6.2 + i * 0.3 })),
    ]
    const result = heard({ text: `${real} ${loop}`, words })
    expect(textsOf(result).join(' ')).toBe(real)
    expect(result.warnings).toEqual([expect.stringMatching(/^the same words over and over, \d+ s from 1:0\d on$/)])
  })

  it('people repeat themselves too', () => {
    const said = 'No no no no no. It is very very very good. Let it be, let it be, let it be, let it be.'
    const result = heard({ text: said, words: spoken(said) })
    expect(textsOf(result).join(' ')).toBe(said)
    expect(result.warnings).toEqual([])
  })

  it('a segment that Whisper itself takes for silence, or that compresses too well', () => {
    const words = [...spoken('Thanks to all.', 0), ...spoken('Hello again my friends.', 10)]
    const answer = {
      text: 'Thanks to all. Hello again my friends.',
      words,
      segments: [
        segment('Thanks to all.', 0, 2),
        segment('Hello again my friends.', 10, 14, { no_speech_prob: 0.9, avg_logprob: -1.4 }),
      ],
    }
    expect(textsOf(heard(answer))).toEqual(['Thanks to all.'])
    expect(heard(answer).warnings).toEqual(['words the model itself took for none, 2 s from 1:10 on'])
    // Unsure alone is no silence: somebody mumbles.
    const [first, second] = answer.segments
    expect(textsOf(heard({ ...answer, segments: [first, { ...second, avg_logprob: -0.3 }] }))).toHaveLength(2)
    const dense = segment('a bee see dee '.repeat(10).trim(), 0, 20, { compression_ratio: 6 })
    expect(textsOf(heard({ text: dense.text, segments: [dense] }))).toEqual([])
  })

  it('words where there is no sound', () => {
    const words = [...spoken('We are here.'), ...spoken('You know what I mean.', 12)]
    const result = heard({ text: 'We are here. You know what I mean.', words }, { silences: [{ start: 5, end: 30 }] })
    expect(textsOf(result)).toEqual(['We are here.'])
    expect(result.warnings).toEqual(['words where there is no sound, 2 s from 1:12 on'])
  })

  it('a farewell that is all there is, and credits of subtitles; but a farewell at the end of a talk', () => {
    expect(
      textsOf(heard({ text: 'Thanks for watching!', segments: [segment('Thanks for watching!', 0, 29)] })),
    ).toEqual([])
    expect(
      textsOf(
        heard({ text: 'ご視聴ありがとうございました', segments: [segment('ご視聴ありがとうございました', 0, 29)] }),
      ),
    ).toEqual([])
    const credit = 'Untertitel der Amara.org-Community'
    const both = heard({ text: `${real} ${credit}`, segments: [segment(real, 0, 5), segment(credit, 20, 24)] })
    expect(textsOf(both)).toEqual([real])
    const talk = heard({
      text: `${real} Thanks for watching!`,
      segments: [segment(real, 0, 5), segment('Thanks for watching!', 5, 7)],
    })
    expect(textsOf(talk)).toEqual([real, 'Thanks for watching!'])
  })
})
