import { lengthOf, overlapOf, type TimeRange } from '../../domain/time-range.ts'
import { type Candidate, generateCandidates } from './candidates.ts'
import type { Limits } from './read-recording.ts'
import type { RecordingFacts } from './recording-facts.ts'
import { snapSpan } from './snap-span.ts'

interface SentenceSpan {
  first: number
  last: number
}

interface PartInput {
  /** The answer or the chapter. */
  span: SentenceSpan
  /** What is shown already: no part reaches into it. */
  taken: readonly TimeRange[]
  /** How much of what the span is wanted for lies in a part of it; compared between parts of one span only. */
  value: (part: Candidate) => number
}

/** Chooses parts of one recording; the candidates are made once. */
export function partsOf(facts: RecordingFacts, { minSeconds, maxSeconds }: Limits) {
  const { sentences, duration } = facts
  const candidates = generateCandidates({ sentences, duration, minSeconds, maxSeconds })
  return { candidates, best }

  /**
   * What to show of a span that may be longer or shorter than a clip: all of it when it fits, else the best candidate inside it, else
   * the one around it. Opens and closes on sentences. Null when what is there is taken.
   */
  function best({ span, taken, value }: PartInput): Candidate | null {
    const whole = snapped(facts, span)
    const isFree = (part: TimeRange) => taken.every((other) => overlapOf(part, other) === 0)
    const seconds = lengthOf(whole)
    if (seconds >= minSeconds && seconds <= maxSeconds && isFree(whole)) return whole
    const near = candidates.filter((part) => overlapOf(part, whole) > 0 && isFree(part))
    const inside = near.filter(({ start, end }) => start >= whole.start - slack && end <= whole.end + slack)
    if (inside.length > 0) return bestOf(inside, (part) => value(part) + borderValue(facts, part))
    // Shorter than a clip: what is around it comes along, as little as can be.
    return bestOf(near, (part) => overlapOf(part, whole) / lengthOf(whole) - lengthOf(part) / maxSeconds / 4)
  }
}

// Lead and tail may lie outside the span.
const slack = 0.5
// A good border is worth a quarter of the best part's lead over the worst.
const borderShare = 0.25

function borderValue({ borders }: RecordingFacts, { firstSentence, lastSentence }: Candidate): number {
  const opening = Math.min(1, Math.max(-1, borders.opening[firstSentence] ?? 0))
  const closing = Math.min(1, Math.max(-1, borders.closing[lastSentence] ?? 0))
  return borderShare * (opening + closing / 2)
}

function bestOf(parts: readonly Candidate[], value: (part: Candidate) => number): Candidate | null {
  let best: { part: Candidate; value: number } | null = null
  for (const part of parts) {
    const here = value(part)
    if (best === null || here > best.value) best = { part, value: here }
  }
  return best?.part ?? null
}

/** The seconds of whole sentences, with lead and tail. */
export function snapped({ sentences, duration }: RecordingFacts, { first, last }: SentenceSpan): Candidate {
  const start = sentences[first]?.start ?? 0
  let end = start
  for (let i = first; i <= last; i++) end = Math.max(end, sentences[i]?.end ?? 0)
  const range = snapSpan({
    speech: { start, end },
    before: sentences[first - 1]?.end ?? null,
    after: sentences[last + 1]?.start ?? null,
    duration,
  })
  return { ...range, firstSentence: first, lastSentence: last }
}
