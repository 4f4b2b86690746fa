import { lengthOf, type TimeRange } from '../../domain/time-range.ts'
import { findOpening, leanOf } from './find-opening.ts'
import type { Sentence } from './sentence.ts'
import { endsInQuestion } from './sentence-counts.ts'
import { snapSpan } from './snap-span.ts'

/** A span of whole sentences that could become a moment; its seconds are snapped, lead and tail included. */
export interface Candidate extends TimeRange {
  /** Indexes into the sentences of the recording. */
  firstSentence: number
  lastSentence: number
}

interface CandidateInput {
  sentences: readonly Sentence[]
  /** Seconds. */
  duration: number
  /** Least and greatest length of a candidate in seconds, lead and tail included. */
  minSeconds: number
  maxSeconds: number
}

/** Seconds. A pause this long ends whatever was going on: no candidate reaches across, unless there would be none at all. */
export const longestPause = 8
// One opening for every three seconds and four lengths for each bound the number by the recording's length: 4,800 an hour.
const secondsPerOpening = 3
const lengthsPerOpening = 4

/**
 * Spans worth ranking: whole sentences, `minSeconds` to `maxSeconds` long, opening where they stand alone. At most
 * 4 × (duration ÷ 3 + 1) of them, in order of start. A recording that is shorter than the minimum is one candidate as a whole.
 */
export function generateCandidates({ sentences, duration, minSeconds, maxSeconds }: CandidateInput): Candidate[] {
  if (sentences.length === 0) return []
  if (duration <= minSeconds) return [{ start: 0, end: duration, firstSentence: 0, lastSentence: sentences.length - 1 }]
  const limits = { sentences, duration, minSeconds, maxSeconds }
  const near = spansFrom({ ...limits, pause: longestPause })
  return near.length > 0 ? near : spansFrom({ ...limits, pause: Number.POSITIVE_INFINITY })
}

interface SpanInput extends CandidateInput {
  /** Longest pause inside a span, in seconds. */
  pause: number
}

function spansFrom(input: SpanInput): Candidate[] {
  return openings(input.sentences).flatMap((first) => bestLengths(input, first))
}

/** The best place to open in each three seconds. */
function openings(sentences: readonly Sentence[]): number[] {
  const best = new Map<number, number>()
  const seen = new Set<number>()
  for (let i = 0; i < sentences.length; i++) {
    const opening = findOpening(sentences, i)
    if (seen.has(opening)) continue
    seen.add(opening)
    const slot = Math.floor((sentences[opening]?.start ?? 0) / secondsPerOpening)
    const rival = best.get(slot)
    if (rival === undefined || openingQuality(sentences, opening) > openingQuality(sentences, rival))
      best.set(slot, opening)
  }
  return [...best.values()].sort((a, b) => a - b)
}

function openingQuality(sentences: readonly Sentence[], index: number): number {
  const sentence = sentences[index]
  if (sentence === undefined) return 0
  const pause = sentence.start - (sentences[index - 1]?.end ?? 0)
  return (endsInQuestion(sentence.text) ? 0.5 : 0) + Math.min(1, Math.max(0, pause)) / 2 - leanOf(sentence)
}

/** Up to four spans that open at a sentence, of lengths spread evenly (by ratio) over what is allowed, each ending as well as can be. */
function bestLengths(input: SpanInput, first: number): Candidate[] {
  const spans = allLengths(input, first)
  const chosen = new Map<number, Candidate>()
  const growth = input.maxSeconds / input.minSeconds
  for (let k = 0; k < lengthsPerOpening && spans.length > 0; k++) {
    const wanted = input.minSeconds * growth ** ((k + 0.5) / lengthsPerOpening)
    const value = (span: Candidate) =>
      closingQuality(input.sentences, span) - Math.abs(Math.log(lengthOf(span) / wanted))
    const best = spans.reduce((a, b) => (value(b) > value(a) ? b : a))
    chosen.set(best.lastSentence, best)
  }
  return [...chosen.values()].sort((a, b) => a.lastSentence - b.lastSentence)
}

function allLengths({ sentences, duration, minSeconds, maxSeconds, pause }: SpanInput, first: number): Candidate[] {
  const spans: Candidate[] = []
  const start = sentences[first]?.start ?? 0
  let end = 0
  for (let last = first; last < sentences.length; last++) {
    const sentence = sentences[last]
    if (sentence === undefined) break
    if (last > first && sentence.start - end > pause) break
    end = Math.max(end, sentence.end)
    const before = sentences[first - 1]?.end ?? null
    const after = sentences[last + 1]?.start ?? null
    const range = snapSpan({ speech: { start, end }, before, after, duration })
    if (lengthOf(range) > maxSeconds) break
    if (lengthOf(range) >= minSeconds) spans.push({ ...range, firstSentence: first, lastSentence: last })
  }
  return spans
}

/** How well a span ends: on a sentence's end, before a pause or somebody else's turn, not on a question left open. Roughly −2 to 1. */
function closingQuality(sentences: readonly Sentence[], { lastSentence }: Candidate): number {
  const last = sentences[lastSentence]
  const next = sentences[lastSentence + 1]
  if (last === undefined) return 0
  const inside = last.closes === 'clause' ? 1 : 0
  if (next === undefined) return 0.5 - inside
  const pause = Math.min(1, Math.max(0, next.start - last.end)) / 2
  const turn = next.speaker === last.speaker ? 0 : 0.2
  const openQuestion = endsInQuestion(last.text) && next.start - last.end < 2 ? 0.6 : 0
  const goesOn = next.speaker === last.speaker ? 0.3 * leanOf(next) : 0
  return pause + turn - inside - openQuestion - goesOn
}
