import { lengthOf, type TimeRange } from '../../domain/time-range.ts'
import { findOpening, type OpeningSigns, openingSigns } from './find-opening.ts'
import type { Sentence } from './sentence.ts'
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
  /** A quarter of the candidates, where memory is short. */
  lighter?: boolean
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
export function generateCandidates(input: CandidateInput): Candidate[] {
  const { sentences, duration, minSeconds } = input
  if (sentences.length === 0) return []
  if (duration <= minSeconds) return [{ start: 0, end: duration, firstSentence: 0, lastSentence: sentences.length - 1 }]
  const limits = { ...input, signs: openingSigns(sentences) }
  const near = spansFrom({ ...limits, pause: longestPause })
  return near.length > 0 ? near : spansFrom({ ...limits, pause: Number.POSITIVE_INFINITY })
}

/** How many seconds somebody speaks without a pause that ends it, at most. */
export function longestSpeech(sentences: readonly Sentence[]): number {
  let [longest, start, end] = [0, 0, Number.NEGATIVE_INFINITY]
  for (const sentence of sentences) {
    if (sentence.start - end > longestPause) start = sentence.start
    end = Math.max(end, sentence.end)
    longest = Math.max(longest, end - start)
  }
  return longest
}

interface SpanInput extends CandidateInput {
  signs: OpeningSigns
  /** Longest pause inside a span, in seconds. */
  pause: number
}

function spansFrom(input: SpanInput): Candidate[] {
  return openings(input).flatMap((first) => bestLengths(input, first))
}

/** The best place to open in each three seconds. */
function openings({ sentences, signs, lighter }: SpanInput): number[] {
  const slotSeconds = secondsPerOpening * (lighter === true ? 2 : 1)
  const best = new Map<number, number>()
  const seen = new Set<number>()
  const quality = (index: number) => openingQuality(sentences, signs, index)
  for (let i = 0; i < sentences.length; i++) {
    const opening = findOpening(sentences, signs, i)
    if (seen.has(opening)) continue
    seen.add(opening)
    const slot = Math.floor((sentences[opening]?.start ?? 0) / slotSeconds)
    const rival = best.get(slot)
    if (rival === undefined || quality(opening) > quality(rival)) best.set(slot, opening)
  }
  return [...best.values()].sort((a, b) => a - b)
}

function openingQuality(sentences: readonly Sentence[], { asks, lean }: OpeningSigns, index: number): number {
  const sentence = sentences[index]
  if (sentence === undefined) return 0
  const pause = sentence.start - (sentences[index - 1]?.end ?? 0)
  return 0.5 * (asks[index] ?? 0) + Math.min(1, Math.max(0, pause)) / 2 - (lean[index] ?? 0)
}

/** Up to four spans that open at a sentence, of lengths spread evenly (by ratio) over what is allowed, each ending as well as can be. */
function bestLengths(input: SpanInput, first: number): Candidate[] {
  const spans = allLengths(input, first)
  const closings = spans.map((span) => closingQuality(input, span))
  const chosen = new Map<number, Candidate>()
  const growth = input.maxSeconds / input.minSeconds
  const lengths = lengthsPerOpening / (input.lighter === true ? 2 : 1)
  for (let k = 0; k < lengths && spans.length > 0; k++) {
    const wanted = input.minSeconds * growth ** ((k + 0.5) / lengths)
    const best = bestBy(spans, (span, i) => (closings[i] ?? 0) - Math.abs(Math.log(lengthOf(span) / wanted)))
    if (best !== undefined) chosen.set(best.lastSentence, best)
  }
  return [...chosen.values()].sort((a, b) => a.lastSentence - b.lastSentence)
}

function bestBy<T>(values: readonly T[], valueOf: (value: T, index: number) => number): T | undefined {
  let best: { value: T; worth: number } | undefined
  for (const [i, value] of values.entries()) {
    const worth = valueOf(value, i)
    if (best === undefined || worth > best.worth) best = { value, worth }
  }
  return best?.value
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
function closingQuality({ sentences, signs: { asks, lean } }: SpanInput, { lastSentence }: Candidate): number {
  const last = sentences[lastSentence]
  const next = sentences[lastSentence + 1]
  if (last === undefined) return 0
  const inside = last.closes === 'clause' ? 1 : 0
  if (next === undefined) return 0.5 - inside
  const pause = Math.min(1, Math.max(0, next.start - last.end)) / 2
  const turn = next.speaker === last.speaker ? 0 : 0.2
  const openQuestion = asks[lastSentence] === 1 && next.start - last.end < 2 ? 0.6 : 0
  const goesOn = next.speaker === last.speaker ? 0.3 * (lean[lastSentence + 1] ?? 0) : 0
  return pause + turn - inside - openQuestion - goesOn
}
