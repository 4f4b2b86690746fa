import type { RankedMode } from '../../domain/moment.ts'
import { lengthOf, overlapOf } from '../../domain/time-range.ts'
import { type Candidate, longestPause } from './candidates.ts'
import { deadAir } from './features/dead-air.ts'
import { housekeeping } from './features/housekeeping.ts'
import { nearUsualLength } from './features/usual-length.ts'
import { leaning, leanOf } from './find-opening.ts'
import type { RecordingFacts } from './recording-facts.ts'
import { endsInQuestion } from './sentence-counts.ts'
import { snapSpan } from './snap-span.ts'

interface FrameInput {
  /** The candidate that says where something happens. */
  place: Candidate
  /** What was chosen before: no frame reaches into it. */
  taken: readonly Candidate[]
  facts: RecordingFacts
  mode: RankedMode
  /** Least and greatest length in seconds. */
  minSeconds: number
  maxSeconds: number
}

// In units of one good border. A reaction has its second and must stay in view; a story may be shown from its beginning to its end.
const holds: Record<RankedMode, number> = { viral: 3, highlights: 1, summary: 1 }
// Sharing less than half with the place, it would be another moment.
const leastShared = 0.5
// Seconds. After a longer silence nobody waits for an answer.
const forgottenAfter = 4
// The best openings within reach; more than these only cost time where people speak in single words.
const mostOpenings = 40

/**
 * The span to show for a place: the same moment from a better beginning to a better end. Where it is, the ranker has decided; this weighs
 * borders, a usual length, how much of the place it keeps, and how clear a border lies inside (then it would be two moments). Whole
 * sentences, `minSeconds` to `maxSeconds`; the place itself when nothing else fits. Pure and deterministic.
 */
export function frameMoment(input: FrameInput): Candidate {
  const reach = reachOf(input)
  let best = { span: input.place, value: Number.NEGATIVE_INFINITY }
  for (const first of bestOpenings(input, reach)) {
    const cost = openingCost(input.facts, first)
    for (const { span, inside } of spansFrom(input, first, reach.last)) {
      const value = valueOf(input, span, inside) - cost
      if (value > best.value) best = { span, value }
    }
  }
  return best.span
}

/** First and last sentence that a frame may have. */
function reachOf({ place, taken, facts, maxSeconds }: FrameInput): { first: number; last: number } {
  let first = place.firstSentence
  const earliest = place.end - maxSeconds
  const isTaken = (i: number) => taken.some((other) => i >= other.firstSentence && i <= other.lastSentence)
  while (first > 0 && (facts.sentences[first - 1]?.start ?? 0) > earliest && !isTaken(first - 1)) first--
  const after = taken.filter((other) => other.firstSentence > place.lastSentence).map((other) => other.firstSentence)
  return { first, last: Math.min(facts.sentences.length, ...after) - 1 }
}

function bestOpenings({ place, facts }: FrameInput, reach: { first: number }): number[] {
  const { opening } = facts.borders
  const all = Array.from({ length: place.lastSentence - reach.first + 1 }, (_, i) => reach.first + i)
  if (all.length <= mostOpenings) return all
  return all.sort((a, b) => (opening[b] ?? 0) - (opening[a] ?? 0) || a - b).slice(0, mostOpenings)
}

interface Framed {
  span: Candidate
  /** The clearest border inside. */
  inside: number
}

function* spansFrom(input: FrameInput, first: number, last: number): Generator<Framed> {
  const { facts, minSeconds, maxSeconds } = input
  const { sentences, borders, duration } = facts
  const start = sentences[first]?.start ?? 0
  const before = sentences[first - 1]?.end ?? null
  let [end, inside] = [start, 0]
  for (let i = first; i <= last; i++) {
    const sentence = sentences[i]
    if (sentence === undefined || (i > first && sentence.start - end > longestPause)) return
    if (i > first) inside = Math.max(inside, borders.fresh[i] ?? 0)
    end = Math.max(end, sentence.end)
    const range = snapSpan({ speech: { start, end }, before, after: sentences[i + 1]?.start ?? null, duration })
    if (lengthOf(range) > maxSeconds) return
    if (lengthOf(range) >= minSeconds) yield { span: { ...range, firstSentence: first, lastSentence: i }, inside }
  }
}

// What people complain of most: worth more than any border is good.
const leaningCost = 1.5
const brokenOffCost = 1.5

/** What it costs over a border's own worth to begin where a listener lacks what came before: "That's why he…", or an answer. */
function openingCost({ sentences }: RecordingFacts, first: number): number {
  const [opening, before] = [sentences[first], sentences[first - 1]]
  if (opening === undefined || before === undefined || opening.start - before.end > forgottenAfter) return 0
  const lean = leanOf(opening)
  const answers = endsInQuestion(before.text) && !endsInQuestion(opening.text) ? 1 : 0
  return leaningCost * Math.max(answers, lean < leaning ? 0 : lean)
}

function valueOf({ place, facts, mode }: FrameInput, span: Candidate, inside: number): number {
  const shared = overlapOf(span, place)
  const length = lengthOf(span)
  if (shared < leastShared * Math.min(length, lengthOf(place))) return Number.NEGATIVE_INFINITY
  const { opening, closing } = facts.borders
  return (
    (opening[span.firstSentence] ?? 0) +
    (closing[span.lastSentence] ?? 0) +
    nearUsualLength(length, mode) +
    (holds[mode] * shared) / (length + lengthOf(place) - shared) -
    0.4 * inside -
    (facts.sentences[span.lastSentence]?.closes === 'clause' ? brokenOffCost : 0) -
    1.5 * ((housekeeping.measure(span, facts) ?? 0) + (deadAir.measure(span, facts) ?? 0))
  )
}
