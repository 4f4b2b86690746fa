import { describe, expect, test } from 'vitest'
import { TranscriptUnreadable } from '../transcript-errors.ts'
import { isTranscriptJson, parseTranscriptJson } from './parse-transcript-json.ts'

const parse = (value: unknown) => parseTranscriptJson(JSON.stringify(value), { name: 'talk.json' })
const wordsOf = (value: unknown) => parse(value).cues.flatMap(({ words }) => words ?? [])
const short = (value: unknown) => wordsOf(value).map(({ text, start, end, timing }) => [text, start, end, timing])

describe('Whisper', () => {
  test('segments without words', () => {
    const parsed = parse({
      text: ' Hi there.',
      language: 'en',
      segments: [{ id: 0, start: 0, end: 2.5, text: ' Hi there.' }],
    })
    expect(parsed).toEqual({
      format: 'whisper',
      language: 'en',
      cues: [{ start: 0, end: 2.5, text: 'Hi there.', speaker: null, words: null }],
      warnings: [],
    })
  })

  test('words with leading blanks; hyphens belong together', () => {
    const words = [
      { word: ' A', start: 0, end: 0.2, probability: 0.9 },
      { word: ' state', start: 0.2, end: 0.5, probability: 0.8 },
      { word: '-of', start: 0.5, end: 0.6, probability: 0.8 },
      { word: '-art', start: 0.6, end: 0.9, probability: 0.8 },
      { word: ' thing.', start: 0.9, end: 1.2, probability: 0.7 },
    ]
    const whisper = { language: 'english', segments: [{ start: 0, end: 1.2, text: ' A state-of-art thing.', words }] }
    expect(parse(whisper).language).toBe('en')
    expect(short(whisper)).toEqual([
      ['A', 0, 0.2, 'exact'],
      ['state-of-art', 0.2, 0.9, 'exact'],
      ['thing.', 0.9, 1.2, 'exact'],
    ])
    expect(wordsOf(whisper)[0]?.confidence).toBe(0.9)
  })

  test("words beside the segments get the segments' punctuation", () => {
    const openai = {
      task: 'transcribe',
      language: 'english',
      duration: 3,
      text: 'Well, hello. Dr. Who?',
      segments: [
        { id: 0, start: 0, end: 1.5, text: ' Well, hello.' },
        { id: 1, start: 1.5, end: 3, text: ' Dr. Who?' },
      ],
      words: [
        { word: 'Well', start: 0.1, end: 0.4 },
        { word: 'hello', start: 0.6, end: 1 },
        { word: 'Dr', start: 1.6, end: 1.9 },
        { word: 'Who', start: 2, end: 2.4 },
      ],
    }
    expect(short(openai)).toEqual([
      ['Well,', 0.1, 0.4, 'exact'],
      ['hello.', 0.6, 1, 'exact'],
      ['Dr.', 1.6, 1.9, 'exact'],
      ['Who?', 2, 2.4, 'exact'],
    ])
    expect(short({ ...openai, segments: undefined })).toEqual(short(openai))
  })

  test('nulls and NaN, as Python writes them', () => {
    const text =
      '{"language": null, "segments": [{"start": 0, "end": 1, "text": "One", "avg_logprob": NaN, "words": null}, ' +
      '{"start": null, "end": null, "text": "Lost"}, null, {"start": 1, "end": 2, "text": null}]}'
    const { cues, warnings } = parseTranscriptJson(text, { name: 'talk.json' })
    expect(cues.map((cue) => cue.text)).toEqual(['One'])
    expect(warnings).toEqual([
      'Figures that are no numbers (NaN) were left out.',
      'Segment without times skipped: segments.1.',
      'Segment without text skipped: segments.2.',
    ])
  })

  test('a bare list of segments, and a transcript of silence', () => {
    expect(parse([{ start: 1, end: 2, text: 'One' }]).cues).toHaveLength(1)
    expect(parse({ text: '', segments: [], language: 'en' })).toMatchObject({ cues: [], format: 'whisper' })
  })

  test('whisper.cpp, with milliseconds and tokens', () => {
    const parsed = parse({
      result: { language: 'en' },
      transcription: [
        {
          timestamps: { from: '00:00:00,000', to: '00:00:02,000' },
          offsets: { from: 0, to: 2000 },
          text: ' Hello there.',
          tokens: [
            { text: '[_BEG_]', offsets: { from: 0, to: 0 }, p: 0.9 },
            { text: ' Hel', offsets: { from: 100, to: 300 }, p: 0.9 },
            { text: 'lo', offsets: { from: 300, to: 600 }, p: 0.9 },
            { text: ' there', offsets: { from: 700, to: 1200 }, p: 0.9 },
            { text: '.', offsets: { from: 1200, to: 1300 }, p: 0.9 },
          ],
        },
      ],
    })
    expect(parsed.cues[0]?.text).toBe('Hello there.')
    expect(parsed.cues[0]?.words).toMatchObject([
      { text: 'Hello', start: 0.1, end: 0.6, timing: 'exact' },
      { text: 'there.', start: 0.7, end: 1.3 },
    ])
  })
})

test('WhisperX leaves out the times of numerals: they are estimated between their neighbours', () => {
  const whisperX = {
    segments: [
      {
        start: 0,
        end: 4,
        text: ' It cost 300 dollars.',
        speaker: 'SPEAKER_01',
        words: [
          { word: 'It', start: 0.1, end: 0.3, score: 0.9, speaker: 'SPEAKER_01' },
          { word: 'cost', start: 0.4, end: 0.8, score: 0.9 },
          { word: '300' },
          { word: 'dollars.', start: 2, end: 2.6, score: null },
        ],
      },
    ],
    word_segments: [],
    language: 'en',
  }
  const parsed = parse(whisperX)
  expect(parsed).toMatchObject({ format: 'whisperx', cues: [{ speaker: 'SPEAKER_01' }] })
  const words = parsed.cues[0]?.words ?? []
  expect(words.map(({ text, timing }) => [text, timing])).toEqual([
    ['It', 'exact'],
    ['cost', 'exact'],
    ['300', 'estimated'],
    ['dollars.', 'exact'],
  ])
  expect(words[2]?.start).toBeGreaterThanOrEqual(0.8)
  expect(words[2]?.end).toBeLessThanOrEqual(2)
})

test('sound descriptions among the words are no words', () => {
  const said = [' [BLANK_AUDIO]', ' (upbeat', ' music)', ' So', ' (which', ' is', ' new)', ' ♪♪', ' it', ' works.']
  const words = said.map((word, at) => ({ word, start: at, end: at + 1 }))
  expect(short({ segments: [{ start: 0, end: 10, text: said.join(''), words }] }).map(([text]) => text)).toEqual([
    'So',
    '(which',
    'is',
    'new)',
    'it',
    'works.',
  ])
})

test('AssemblyAI: milliseconds and speakers', () => {
  const answer = {
    id: 'x',
    status: 'completed',
    language_code: 'en_us',
    audio_duration: 10,
    text: 'Hi. Hello.',
    words: [
      { text: 'Hi.', start: 250, end: 650, confidence: 0.97, speaker: 'A' },
      { text: 'Hello.', start: 900, end: 1300, confidence: 0.99, speaker: 'B' },
    ],
    utterances: null,
  }
  expect(parse(answer)).toMatchObject({
    format: 'assemblyai',
    language: 'en-US',
    cues: [
      { speaker: 'Speaker A', text: 'Hi.', words: [{ start: 0.25, end: 0.65, confidence: 0.97, timing: 'exact' }] },
      { speaker: 'Speaker B', text: 'Hello.' },
    ],
  })
  expect(parse({ ...answer, status: 'queued', words: null })).toMatchObject({
    cues: [],
    warnings: ['The AssemblyAI answer holds no words; was the transcript finished?'],
  })
})

test('Deepgram: punctuated words, speakers, channels', () => {
  const word = { word: 'hi', punctuated_word: 'Hi.', start: 0.5, end: 0.9, confidence: 0.9, speaker: 0 }
  const channel = { alternatives: [{ transcript: 'hi', words: [word] }], detected_language: 'en' }
  expect(parse({ metadata: {}, results: { channels: [channel] } })).toMatchObject({
    format: 'deepgram',
    language: 'en',
    cues: [{ speaker: 'Speaker 0', text: 'Hi.', words: [{ start: 0.5, end: 0.9 }] }],
  })
  const two = parse({
    results: { channels: [channel, { alternatives: [{ words: [{ ...word, speaker: undefined }] }] }] },
  })
  expect(two.cues.map(({ speaker }) => speaker)).toEqual(['Channel 1, Speaker 0', 'Channel 2'])
})

describe('Podcasting 2.0', () => {
  test('segments; a speaker stays until the next is named', () => {
    const parsed = parse({
      version: '1.0.0',
      segments: [
        { speaker: 'Darth Vader', startTime: 0.5, endTime: 2.75, body: 'I am your father.' },
        { startTime: 2.75, endTime: null, body: 'Search your feelings.' },
        { speaker: 'Luke', startTime: 5, endTime: 6, body: 'No!!! Never.' },
      ],
    })
    expect(parsed).toMatchObject({ format: 'podcasting', language: null })
    expect(parsed.cues).toEqual([
      { start: 0.5, end: 2.75, text: 'I am your father.', speaker: 'Darth Vader', words: null },
      { start: 2.75, end: 5, text: 'Search your feelings.', speaker: 'Darth Vader', words: null },
      { start: 5, end: 6, text: 'No!!! Never.', speaker: 'Luke', words: null },
    ])
  })

  test('a segment for each word gives exact words', () => {
    const segments = ['And', 'so', 'my', 'friends.'].map((body, at) => ({ startTime: at, endTime: at + 0.5, body }))
    expect(short({ version: '1.0.0', segments })[1]).toEqual(['so', 1, 1.5, 'exact'])
  })
})

test('our own document reads back to the same words', () => {
  const word = { text: 'Hi.', start: 1, end: 1.5, confidence: null, timing: 'estimated' }
  const segments = [{ ordinal: 0, start: 1, end: 1.5, text: 'Hi.', speaker: 'Ann', words: [word] }]
  expect(parse({ origin: {}, language: 'en', segments, warnings: [] })).toMatchObject({
    format: 'clipwright',
    cues: [{ speaker: 'Ann', words: [word] }],
  })
})

describe('refused', () => {
  test.each([
    [
      'wrong kind',
      {
        segments: [
          { start: 0, end: 1, text: 'a' },
          { start: '1', end: 2, text: 'b' },
        ],
      },
      'segments.1.start: ',
    ],
    [
      'wrong word',
      { segments: [{ start: 0, end: 1, text: 'a', words: [{ word: 7, start: 0 }] }] },
      'segments.0.words.0.word: ',
    ],
    ['another shape', { title: 'Talk', duration: 12 }, 'not of a transcript shape we know'],
    ['a number', 5, 'not of a transcript shape we know'],
  ])('%s', (_, value, problem) => {
    expect(() => parse(value)).toThrow(TranscriptUnreadable)
    expect(() => parse(value)).toThrow(problem)
  })

  test('no JSON at all', () => {
    expect(() => parseTranscriptJson('{"segments": [', { name: 'talk.json' })).toThrow('talk.json is not valid JSON')
    expect(isTranscriptJson('{"segments": [')).toBe(false)
    expect(isTranscriptJson('{"id": "abc", "formats": []}')).toBe(false)
    expect(isTranscriptJson('{"segments": [{"start": 0, "end": 1, "text": "a"}]}')).toBe(true)
  })
})
