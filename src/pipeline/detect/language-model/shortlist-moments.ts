import { lengthOf, roundToMs } from '../../../domain/time-range.ts'
import type { Sentence } from '../sentence.ts'
import {
  type RecordingToWeigh,
  type ScoredCandidate,
  type WeighedRecording,
  weighRecording,
} from '../weigh-recording.ts'
import type { NumberedSentence, Passage, Shortlist } from './passage.ts'

// Forty clips of 40 s are half an hour of the liveliest talk, more than anybody wants clips of; with what was said before them, about
// 18,000 tokens.
const usualSize = 40

/** How many moments a language model is shown when so many are wanted. In steps, so that asking for a few more asks nothing new. */
export function shortlistSize(count: number): number {
  return Math.max(usualSize, Math.ceil((count * 2) / usualSize) * usualSize)
}

// What a listener has just heard; more of it costs tokens and says no more.
const contextBefore = { sentences: 8, seconds: 30 }
const contextAfter = { sentences: 2, seconds: 8 }

/**
 * What the ranker thinks best, laid out for a language model: passages of numbered sentences in order of time, so that the order says
 * nothing of what the ranker thinks, each with what was said before and after. Pure and deterministic.
 */
export function shortlistMoments(input: RecordingToWeigh): Shortlist {
  const weighed = weighRecording(input)
  const spans = weighed
    .choose(shortlistSize(input.settings.count))
    .map(({ candidate }) => candidate)
    .sort((a, b) => a.start - b.start)
  return { passages: spans.map((span, i) => passageOf(weighed, span, i + 1)) }
}

function passageOf(weighed: WeighedRecording, span: ScoredCandidate, number: number): Passage {
  const { sentences } = weighed.facts
  const { firstSentence, lastSentence } = span
  const earliest = earliestOf(weighed, span)
  const before = Math.min(earliest, contextStart(sentences, firstSentence))
  return {
    number,
    firstSentence,
    lastSentence,
    earliestSentence: earliest,
    seconds: roundToMs(lengthOf(span)),
    before: numbered(sentences, before, firstSentence - 1),
    sentences: numbered(sentences, firstSentence, lastSentence),
    after: numbered(sentences, lastSentence + 1, contextEnd(sentences, lastSentence)),
  }
}

/** The earliest sentence within sight that the span may begin with. */
function earliestOf(weighed: WeighedRecording, span: ScoredCandidate): number {
  const { sentences } = weighed.facts
  let earliest = span.firstSentence
  const least = contextStart(sentences, span.firstSentence)
  for (let first = span.firstSentence - 1; first >= least; first--) {
    if (weighed.begunAt(span, first) === null) break
    if (sentences[first]?.opens === 'sentence') earliest = first
  }
  return earliest
}

function contextStart(sentences: readonly Sentence[], first: number): number {
  const start = sentences[first]?.start ?? 0
  let index = first
  while (
    index > 0 &&
    first - index < contextBefore.sentences &&
    start - (sentences[index - 1]?.start ?? 0) <= contextBefore.seconds
  )
    index--
  return index
}

function contextEnd(sentences: readonly Sentence[], last: number): number {
  const end = sentences[last]?.end ?? 0
  let index = last
  while (
    index + 1 < sentences.length &&
    index - last < contextAfter.sentences &&
    (sentences[index + 1]?.end ?? 0) - end <= contextAfter.seconds
  )
    index++
  return index
}

function numbered(sentences: readonly Sentence[], first: number, last: number): NumberedSentence[] {
  return sentences
    .slice(first, Math.max(first, last + 1))
    .map(({ speaker, text }, i) => ({ number: first + i, speaker, text }))
}
