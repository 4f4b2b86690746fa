import { lengthOf, type TimeRange } from '../../../domain/time-range.ts'
import { type CountName, countIn, type RecordingFacts } from '../recording-facts.ts'

interface SpanOfSentences extends TimeRange {
  firstSentence: number
  lastSentence: number
}

// Counts in twelve seconds jump about: adding half a minute of average, the length of a usual clip, keeps short spans from winning by luck.
const averageSeconds = 30

/** How much of something a span holds a second, pulled a little towards the recording's average. */
export function perSecond(span: SpanOfSentences, facts: RecordingFacts, name: CountName): number {
  const average =
    facts.duration > 0 ? countIn(facts, name, { first: 0, last: facts.sentences.length - 1 }) / facts.duration : 0
  const count = countIn(facts, name, { first: span.firstSentence, last: span.lastSentence })
  return (count + average * averageSeconds) / (lengthOf(span) + averageSeconds)
}

/** How much of something a span holds in all. */
export function total(span: SpanOfSentences, facts: RecordingFacts, name: CountName): number {
  return countIn(facts, name, { first: span.firstSentence, last: span.lastSentence })
}
