import { expect, test } from 'vitest'
import { expectSound } from '../../../../test/suites/transcriber-suite.ts'
import { AppError } from '../../../domain/app-error.ts'
import { toTranscript } from '../obtain-transcript.ts'
import { parseTranscript } from './parse-transcript.ts'

const parse = (text: string | Uint8Array) =>
  parseTranscript(Buffer.from(text as string), { name: 'talk.srt', language: null })

test('the content decides, not the name', () => {
  expect(parse('\n\nWEBVTT\n\n00:01.000 --> 00:02.000\nHi').format).toBe('vtt')
  expect(parse('[{"start": 1, "end": 2, "text": "Hi"}]').format).toBe('whisper')
  expect(parse('1\n00:00:01,000 --> 00:00:02,000\nHi').format).toBe('srt')
})

test('text without times is refused', () => {
  expect(() => parse('Once upon a time')).toThrow('talk.srt has no timed text in it.')
  expect(() => parse('<html><body>404</body></html>')).toThrow(
    expect.objectContaining({ code: 'TRANSCRIPT_UNREADABLE' }),
  )
})

test('hostile lines take no time', () => {
  const lines = [
    '<',
    '{\\',
    '[',
    '(',
    '♪',
    '*',
    '&',
    '--> ',
    '0:',
    ' ',
    '{\\a',
    '<v ',
    '>>',
    '- ',
    '"',
    'A:',
    '日',
    '. ',
  ].map((part) => part.repeat(100_000).slice(0, 99_000))
  for (const line of lines) {
    const { cues } = parse(`1\n00:00:01,000 --> 00:00:02,000\n${line}\n\n2\n00:00:02,000 --> 00:00:03,000\nHi`)
    expect(cues.at(-1)?.text).toContain('Hi')
    expect(() => parse(`WEBVTT\n\n00:01.000 --> 00:02.000\n${line}`)).not.toThrow()
  }
})

/** Seeded, so that a failure can be looked at again. */
function random(seed: number): () => number {
  let state = seed
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return state / 2 ** 32
  }
}

const wholes = [
  '1\r\n00:00:01,000 --> 00:00:03,500\r\n<i>ANN:</i> Hello, Dr. Who. [laughs]\r\n\r\n2\r\n00:00:03,500 --> 00:00:06,000\r\nANN: What was that? 今日は。\r\n\r\n3\r\n00:00:06,000 --> 00:00:09,000\r\n- {\\an8}No &amp; yes\r\n- Ok 42\r\n',
  'WEBVTT\nLanguage: en\n\nNOTE x\n\n1\n00:00:01.000 --> 00:00:03.500 line:0\n<v Ann>one <00:00:02.000><c>two</c>\n\n00:03.500 --> 00:06.000\n<v Ann>one two\nthree</v>\n\n00:06.000 --> 00:09.000\nfour\n',
  JSON.stringify({
    language: 'en',
    segments: [
      {
        start: 0,
        end: 5,
        text: ' One two 3.',
        speaker: 'S',
        words: [{ word: ' One', start: 0, end: 1, score: 0.5 }, { word: ' two', start: 1, end: 2 }, { word: ' 3.' }],
      },
      { start: 5, end: 9, text: 'x', words: null },
    ],
    word_segments: [],
  }),
  JSON.stringify({
    version: '1.0.0',
    segments: [
      { speaker: 'A', startTime: 0.5, endTime: 2, body: 'Hi there.' },
      { startTime: 2, endTime: 9, body: 'Well.' },
    ],
  }),
  JSON.stringify({
    results: {
      channels: [
        {
          alternatives: [
            {
              words: [
                { word: 'a', start: 0, end: 1, confidence: 1 },
                { word: 'b', start: 1, end: 2 },
              ],
            },
          ],
        },
        { alternatives: [{ words: [{ word: 'c', start: 0.5, end: 1.5 }] }] },
      ],
    },
  }),
]
const splices = [
  '\n',
  '-->',
  '00:00:01,000 --> 99:00:00,000',
  'null',
  '-',
  '1e308',
  '\u0000',
  '\ufeff',
  '"',
  '{',
  '<v',
  '&#x;',
  '0',
  '\r',
  '。',
  '9999999',
]

test('whatever happens to the bytes: sound words, or an AppError', () => {
  const next = random(20261122)
  const pick = <T>(list: ArrayLike<T>): T => list[Math.floor(next() * list.length)] as T
  let read = 0
  let refused = 0
  for (let round = 0; round < 3000; round++) {
    let bytes = Buffer.from(pick(wholes))
    for (let change = 0; change <= round % 6; change++) {
      const at = Math.floor(next() * bytes.length)
      const cut = at + Math.floor(next() * 4)
      const inserted = next() < 0.5 ? Buffer.from([Math.floor(next() * 256)]) : Buffer.from(pick(splices))
      bytes = Buffer.concat([bytes.subarray(0, at), inserted, bytes.subarray(next() < 0.1 ? bytes.length : cut)])
    }
    try {
      const parsed = parse(bytes)
      const document = toTranscript(
        { ...parsed, origin: { kind: 'given', name: 'x', format: parsed.format } },
        { duration: 12 },
      )
      if (document.segments.length > 0) expectSound(document, 12)
      read++
    } catch (error) {
      if (!(error instanceof AppError))
        throw new Error(`round ${round}: ${JSON.stringify(bytes.toString())}`, { cause: error })
      refused++
    }
  }
  // Both must happen often, else the changes are too small or too big to prove anything.
  expect(Math.min(read, refused)).toBeGreaterThan(300)
})
