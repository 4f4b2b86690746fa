import type { Segment, Word } from '../../../domain/transcript.ts'

/**
 * Segments as a few long columns: the hundred thousand words of twelve hours take 60 ms to hand to a thread as objects, during which nothing
 * else runs, and 20 ms as columns.
 */
export interface PackedSegments {
  ordinals: Int32Array
  /** Seconds: start and end in turns. */
  times: Float64Array
  texts: string[]
  speakers: (string | null)[]
  /** How many words each has. */
  wordCounts: Int32Array
  wordTexts: string[]
  /** Seconds: start and end in turns. */
  wordTimes: Float64Array
  /** NaN where nobody said how sure it was. */
  wordConfidences: Float64Array
  /** 1 for an exact time. */
  wordsExact: Uint8Array
}

export function packSegments(segments: readonly Segment[]): PackedSegments {
  const count = segments.reduce((sum, { words }) => sum + words.length, 0)
  const packed: PackedSegments = {
    ordinals: new Int32Array(segments.length),
    times: new Float64Array(2 * segments.length),
    texts: [],
    speakers: [],
    wordCounts: new Int32Array(segments.length),
    wordTexts: [],
    wordTimes: new Float64Array(2 * count),
    wordConfidences: new Float64Array(count).fill(Number.NaN),
    wordsExact: new Uint8Array(count),
  }
  let at = 0
  for (const [i, segment] of segments.entries()) {
    packed.ordinals[i] = segment.ordinal
    packed.times[2 * i] = segment.start
    packed.times[2 * i + 1] = segment.end
    packed.texts.push(segment.text)
    packed.speakers.push(segment.speaker)
    packed.wordCounts[i] = segment.words.length
    for (const word of segment.words) packWord(packed, at++, word)
  }
  return packed
}

function packWord(packed: PackedSegments, at: number, { text, start, end, confidence, timing }: Word): void {
  packed.wordTexts.push(text)
  packed.wordTimes[2 * at] = start
  packed.wordTimes[2 * at + 1] = end
  if (confidence !== null) packed.wordConfidences[at] = confidence
  if (timing === 'exact') packed.wordsExact[at] = 1
}

/** The segments again, equal to those that were packed. */
export function unpackSegments(packed: PackedSegments): Segment[] {
  let at = 0
  return packed.texts.map((text, i) => {
    const words = Array.from({ length: packed.wordCounts[i] ?? 0 }, () => unpackWord(packed, at++))
    return {
      ordinal: packed.ordinals[i] ?? i,
      start: packed.times[2 * i] ?? 0,
      end: packed.times[2 * i + 1] ?? 0,
      text,
      speaker: packed.speakers[i] ?? null,
      words,
    }
  })
}

function unpackWord(packed: PackedSegments, at: number): Word {
  const confidence = packed.wordConfidences[at] ?? Number.NaN
  return {
    text: packed.wordTexts[at] ?? '',
    start: packed.wordTimes[2 * at] ?? 0,
    end: packed.wordTimes[2 * at + 1] ?? 0,
    confidence: Number.isNaN(confidence) ? null : confidence,
    timing: packed.wordsExact[at] === 1 ? 'exact' : 'estimated',
  }
}
