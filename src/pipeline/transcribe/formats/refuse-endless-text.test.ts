import { describe, expect, test } from 'vitest'
import { parseTranscript } from './parse-transcript.ts'

const parse = (text: string) => parseTranscript(new TextEncoder().encode(text), { name: 'talk.srt', language: 'en' })
const captions = (texts: string[]) =>
  texts
    .map(
      (text, i) =>
        `${i + 1}\n00:${String(i).padStart(2, '0')}:00,000 --> 00:${String(i).padStart(2, '0')}:59,000\n${text}\n`,
    )
    .join('\n')
const words = (letters: number) => 'word '.repeat(letters / 5).trim()
const refused = (problem: string) =>
  expect.objectContaining({ code: 'TRANSCRIPT_UNREADABLE', message: `talk.srt has ${problem}.` })

describe('SRT and WebVTT', () => {
  test('an hour in one caption is read', () => {
    expect(parse(captions([words(55_000)])).cues[0]?.text).toHaveLength(54_999)
  })

  test.each([
    ['one line', words(200_000)],
    ['many lines', 'word\n'.repeat(40_000)],
    ['no blanks', '漢'.repeat(200_000)],
  ])('a caption without end in %s is refused, at its line', (_, endless) => {
    expect(() => parse(captions(['Hello there.', endless]))).toThrow(
      refused('a caption (line 6) of more than 100,000 letters'),
    )
    expect(() => parse(`WEBVTT\n\n00:00.000 --> 01:00.000\n${endless}\n`)).toThrow(
      refused('a caption (line 3) of more than 100,000 letters'),
    )
  })

  test('more captions than anybody says in two days are refused', () => {
    expect(() => parse(captions(Array<string>(40).fill(words(90_000))))).toThrow(
      refused('text of more than 3,000,000 letters'),
    )
  })
})

describe('JSON', () => {
  const whisper = (text: string, segment: string) =>
    JSON.stringify({
      text,
      segments: [
        { start: 0, end: 3000, text: 'Hello.' },
        { start: 3000, end: 3600, text: segment },
      ],
    })

  test('the text of the whole may be as long as all segments together', () => {
    expect(parse(whisper(words(200_000), 'There.')).cues).toHaveLength(2)
  })

  test('a segment without end is refused, by its path', () => {
    expect(() => parse(whisper('', words(200_000)))).toThrow(
      refused('a text (segments.1.text) of more than 100,000 letters'),
    )
  })

  test('nesting without end is refused or passed over, and does no harm', () => {
    const deep = `{"segments":[{"start":0,"end":1,"text":"Hello.","more":${'['.repeat(5000)}${']'.repeat(5000)}}]}`
    expect(parse(deep).cues).toHaveLength(1)
  })
})
