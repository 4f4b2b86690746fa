import type { Detector, Moment, Reason } from '../../domain/moment.ts'
import { lengthOf, type TimeRange } from '../../domain/time-range.ts'
import type { Candidate } from './candidates.ts'
import { chooseGenre } from './choose-genre.ts'
import { chooseTitle } from './choose-title.ts'
import type { RecordingFacts } from './recording-facts.ts'
import { textBetween } from './spoken-words.ts'

interface DescribeInput {
  facts: RecordingFacts
  /** What is shown. */
  part: Candidate
  /** The whole answer or chapter. */
  span: TimeRange
  rank: number
  /** 0 to 1. */
  score: number
  confidence: number
  /** In the speakers' own words; chosen from what is shown when absent. */
  title?: string
  features: Record<string, number>
  reasons: Reason[]
  detector: Detector
}

/** A moment that is the best part of an answer or a chapter. */
export function describeMoment({ facts, part, span, title, ...known }: DescribeInput): Moment {
  const words = {
    first: facts.sentences[part.firstSentence]?.firstWord ?? 0,
    last: facts.sentences[part.lastSentence]?.lastWord ?? 0,
  }
  const isWhole = Math.abs(part.start - span.start) < 0.5 && Math.abs(part.end - span.end) < 0.5
  return {
    ...known,
    score: rounded(known.score),
    confidence: rounded(known.confidence),
    features: Object.fromEntries(Object.entries(known.features).map(([name, value]) => [name, rounded(value)])),
    start: part.start,
    end: part.end,
    genre: chooseGenre({ ...part, features: {} }, facts),
    title: title ?? chooseTitle(part, facts),
    text: textBetween(facts.words, facts.segments, words),
    ...segmentsBetween(facts, words),
    ...(isWhole || lengthOf(span) === 0 ? {} : { span: { start: span.start, end: span.end } }),
  }
}

function segmentsBetween({ words, segments }: RecordingFacts, { first, last }: { first: number; last: number }) {
  let [firstSegment, lastSegment] = [Number.POSITIVE_INFINITY, 0]
  for (let i = first; i <= last; i++) {
    const index = words[i]?.segment ?? 0
    const ordinal = segments[index]?.ordinal ?? index
    firstSegment = Math.min(firstSegment, ordinal)
    lastSegment = Math.max(lastSegment, ordinal)
  }
  return { firstSegment: Number.isFinite(firstSegment) ? firstSegment : 0, lastSegment }
}

const rounded = (value: number) => Math.round(Math.min(1, Math.max(0, value)) * 1000) / 1000
