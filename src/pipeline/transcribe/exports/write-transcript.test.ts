import { describe, expect, test } from 'vitest'
import type { Segment } from '../../../domain/transcript.ts'
import { parseTranscript } from '../formats/parse-transcript.ts'
import { readOwnTranscript } from './read-own-transcript.ts'
import { type ExportFormat, type TranscriptToExport, transcriptFormats, writeTranscript } from './write-transcript.ts'

function sentence(start: number, text: string, speaker: string | null): Segment {
  const words = text.split(' ').map((word, i) => ({
    ...{
      text: word,
      start: Math.round((start + i * 0.4) * 1000) / 1000,
      end: Math.round((start + i * 0.4 + 0.301) * 1000) / 1000,
    },
    ...{ confidence: i % 2 ? 0.75 : null, timing: i % 2 ? ('exact' as const) : ('estimated' as const) },
  }))
  return { ordinal: 0, start, end: words.at(-1)?.end ?? start, text, speaker, words }
}

const long =
  'And that is, if you ask me, the very reason why so many people who begin with it in spring have stopped by autumn, and never tell anybody why.'
const segments = [
  sentence(0.5, 'Hello & welcome to <Talk>.', 'Ana'),
  sentence(4, long, 'Ana'),
  sentence(70.25, 'Yes --> no: Ben said so.', 'Ben'),
].map((segment, ordinal) => ({ ...segment, ordinal }))
const transcript: TranscriptToExport = {
  recording: { title: 'talk', duration: 100, hash: 'ab'.repeat(32) },
  version: 3,
  origin: { kind: 'sidecar', name: 'talk.srt', format: 'srt' },
  language: 'en',
  segments,
}

describe('a transcript as JSON', () => {
  test('reads back as it was', () => {
    const own = readOwnTranscript(writeTranscript(transcript, 'json'))
    expect(own).toEqual({ recording: { hash: 'ab'.repeat(32), duration: 100 }, language: 'en', segments })
  })

  test('is read where any transcript is', () => {
    const parsed = parseTranscript(Buffer.from(writeTranscript(transcript, 'json')), {
      name: 'talk.json',
      language: null,
    })
    expect(parsed).toMatchObject({ format: 'clipwright', language: 'en' })
    expect(parsed.cues.flatMap(({ words }) => words)).toEqual(segments.flatMap(({ words }) => words))
  })

  test.each([
    ['no JSON', 'hello'],
    ['something else', '{"segments":[]}'],
    ['times that go back', writeTranscript({ ...transcript, segments: segments.toReversed() }, 'json')],
    [
      'words beyond the end',
      writeTranscript({ ...transcript, recording: { ...transcript.recording, duration: 10 } }, 'json'),
    ],
  ])('is not %s', (_, text) => {
    expect(readOwnTranscript(text)).toBeNull()
  })
})

describe.each(['srt', 'vtt'] as const)('a transcript as %s', (format) => {
  const text = writeTranscript(transcript, format)
  const parsed = parseTranscript(Buffer.from(text), { name: `talk.${format}`, language: 'en' })

  test('keeps all words, in cues of two lines that are in order', () => {
    const words = parsed.cues
      .map((cue) => cue.text)
      .join(' ')
      .replaceAll('→', '-->')
    expect(words.replace(/\b(?:Ana|Ben): /g, '')).toBe(segments.map((segment) => segment.text).join(' '))
    for (const [i, { start, end }] of parsed.cues.entries()) {
      expect(end).toBeGreaterThan(start)
      expect(start).toBeGreaterThanOrEqual(parsed.cues[i - 1]?.end ?? 0)
    }
    const lines = text.split('\n').filter((line) => !line.includes('-->') && line !== 'WEBVTT')
    for (const line of lines)
      expect(line.replace(/^<v \w+>/, '').replace(/^(?:Ana|Ben): /, '').length).toBeLessThanOrEqual(60)
    expect(parsed.warnings).toEqual([])
  })

  test('says when, to the millisecond', () => {
    expect(parsed.cues[0]?.start).toBe(0.5)
    expect(parsed.cues.at(-1)?.start).toBe(70.25)
  })
})

test('WebVTT names speakers by voice', () => {
  const { cues } = parseTranscript(Buffer.from(writeTranscript(transcript, 'vtt')), { name: 'x', language: null })
  expect([cues[0]?.speaker, cues.at(-1)?.speaker]).toEqual(['Ana', 'Ben'])
})

test('text has a paragraph for each turn', () => {
  expect(writeTranscript(transcript, 'txt')).toBe(
    `Ana: Hello & welcome to <Talk>. ${long}\n\nBen: Yes --> no: Ben said so.\n`,
  )
})

test.each(transcriptFormats)('nothing is said as %s', (format: ExportFormat) => {
  expect(() => writeTranscript({ ...transcript, segments: [] }, format)).not.toThrow()
})

test('200,000 sentences are written', () => {
  const many = Array.from({ length: 200_000 }, (_, ordinal) => ({ ...sentence(ordinal, 'one two', null), ordinal }))
  const { length } = writeTranscript({ ...transcript, segments: many }, 'srt').split('\n')
  expect(length).toBe(800_000)
})
