import { describe, expect, test } from 'vitest'
import { seededRandom } from '../../domain/seeded-random.ts'
import type { Word } from '../../domain/transcript.ts'
import { toTranscript } from './obtain-transcript.ts'
import type { Cue } from './transcriber.ts'

const origin = { kind: 'local' as const, name: 'sherpa-onnx (whisper-base)', format: null }
const vocabulary =
  'so we went there and it was what they had said but then people came who knew more than that about it'.split(' ')

interface Spoken {
  words: Word[]
  /** Starts of the words that open a sentence. */
  sentences: number[]
}

/** Speech as it is: 6 to 18 words to a sentence, 0.55 to 1.6 s between sentences, up to 0.25 s inside them. */
function speak(seed: number, { sentences }: { sentences: number }): Spoken {
  const random = seededRandom(seed)
  const spoken: Spoken = { words: [], sentences: [] }
  let time = 0.5
  for (let sentence = 0; sentence < sentences; sentence++) {
    spoken.sentences.push(time)
    const length = 6 + Math.floor(random() * 13)
    for (let index = 0; index < length; index++) {
      const text = vocabulary[Math.floor(random() * vocabulary.length)] ?? 'so'
      const end = time + 0.15 + random() * 0.3
      spoken.words.push({ text, start: time, end, confidence: null, timing: 'exact' })
      time = end + random() * 0.25
    }
    time += 0.55 + random() * 0.8
  }
  return spoken
}

function cueOf(words: Word[], timed = true): Cue {
  const text = words.map((word) => word.text).join(' ')
  return { start: words[0]?.start ?? 0, end: words.at(-1)?.end ?? 0, text, speaker: null, words: timed ? words : null }
}

describe('machine text without punctuation', () => {
  const { words, sentences } = speak(1, { sentences: 60 })
  const duration = (words.at(-1)?.end ?? 0) + 1

  test('becomes sentences at the pauses', () => {
    // As windows give it: cues that end anywhere.
    const cues = Array.from({ length: Math.ceil(words.length / 70) }, (_, index) =>
      cueOf(words.slice(index * 70, index * 70 + 70)),
    )
    const { segments } = toTranscript({ origin, language: 'en', cues, warnings: [] }, { duration })
    const starts = new Set(sentences.map((start) => start.toFixed(2)))
    const right = segments.filter(({ start }) => starts.has(start.toFixed(2))).length
    expect(right / segments.length).toBeGreaterThan(0.85)
    expect(right / sentences.length).toBeGreaterThan(0.85)
    expect(segments.flatMap((segment) => segment.words.map(({ text }) => text))).toEqual(words.map(({ text }) => text))
  })

  test('has no endless segment and few crumbs, also without a single pause', () => {
    const breathless = words.map((word, index) => ({ ...word, start: index * 0.3, end: index * 0.3 + 0.28 }))
    const { segments } = toTranscript(
      { origin, language: 'en', cues: [cueOf(breathless)], warnings: [] },
      { duration: breathless.length * 0.3 + 1 },
    )
    expect(Math.max(...segments.map(({ start, end }) => end - start))).toBeLessThanOrEqual(15)
    expect(segments.filter((segment) => segment.words.length < 3).length).toBeLessThan(segments.length * 0.1)
  })

  test('of a model without word times is split, too: its words are placed around the silences', () => {
    const silences = sentences.slice(1).map((start) => {
      const before = words.filter((word) => word.end < start).at(-1)?.end ?? 0
      return { start: before, end: start }
    })
    // One cue for each window of some twenty seconds, as Whisper and Moonshine give it.
    const cues: Cue[] = []
    for (let from = 0; from < words.length; ) {
      const to = words.findIndex(({ start }, index) => index > from && start > (words[from]?.start ?? 0) + 20)
      const end =
        to === -1
          ? words.length
          : (words.findIndex((word, index) => index >= to && sentences.includes(word.start)) + words.length) %
              words.length || words.length
      cues.push(cueOf(words.slice(from, end), false))
      from = end
    }
    const { segments } = toTranscript({ origin, language: 'en', cues, warnings: [] }, { duration, silences })
    expect(segments.length).toBeGreaterThan(sentences.length * 0.6)
    expect(Math.max(...segments.map(({ start, end }) => end - start))).toBeLessThanOrEqual(15)
    expect(segments.every((segment) => segment.words.every(({ timing }) => timing === 'estimated'))).toBe(true)
  })
})
