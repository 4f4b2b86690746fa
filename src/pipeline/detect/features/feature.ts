import type { Candidate } from '../candidates.ts'
import type { RecordingFacts } from '../recording-facts.ts'

/** One thing that speaks for a span, or against it. Pure: the same span of the same recording gives the same answers. */
export interface Feature {
  /**
   * What was measured, on whatever scale is natural; more is more. It is compared with the other candidates of the recording,
   * unless `absolute`: then it is 0 to 1 already and means the same everywhere. Null when there is nothing to measure it on.
   */
  readonly measure: (span: Candidate, facts: RecordingFacts) => number | null
  readonly scale: 'compared' | 'absolute'
  /** Whether it speaks for a moment or against it. */
  readonly speaks: 'for' | 'against'
  /** What is there, for a person, with figures; null when there is nothing to point at. */
  readonly explain: (span: Candidate, facts: RecordingFacts) => string | null
}
