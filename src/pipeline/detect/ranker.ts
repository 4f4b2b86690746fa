import type { Detector, RankedMode } from '../../domain/moment.ts'
import type { TimeRange } from '../../domain/time-range.ts'
import type { FeatureName } from './features/features.ts'
import type { RecordingFacts } from './recording-facts.ts'
import type { Taste } from './taste/taste.ts'

/** A candidate with what was measured on it, each 0 to 1; what could not be measured (no sound, no speakers) is absent. */
export interface FeaturedCandidate extends TimeRange {
  /** Indexes into the sentences of the recording. */
  firstSentence: number
  lastSentence: number
  features: Readonly<Partial<Record<FeatureName, number>>>
}

export interface RankingContext {
  mode: RankedMode
  /** The whole recording, for rankers that read the words themselves, before and after a candidate too. */
  recording: RecordingFacts
}

/** What a feature brought to a candidate's score, on the scale of `score`; below 0 it spoke against it. */
export interface Contribution {
  feature: FeatureName
  amount: number
  /** Why in words, instead of what the feature itself says; null for no words. */
  said?: string | null
}

/**
 * Says which candidates are better. A ranker promises to be pure and deterministic: the same candidates in the same context get the
 * same scores, without clock, chance or memory of earlier calls. Scores are finite, greater is better, one for each candidate in
 * the order given; they may only be compared with each other, within one call. It takes no candidate away and changes none.
 */
export interface Ranker {
  readonly detector: Detector
  /** What people's verdicts added to it; with the detector it decides all scores. Absent without. */
  readonly taste?: Taste
  readonly score: (candidates: readonly FeaturedCandidate[], context: RankingContext) => number[]
  /** Why a candidate scored as it did, in any order; features that made no difference may be left out. */
  readonly contributions: (candidate: FeaturedCandidate, context: RankingContext) => Contribution[]
  /** How often people agree with a moment of such a final score (0 to 1), 0 to 1; null or absent where nobody measured it. */
  readonly chance?: (score: number, context: RankingContext) => number | null
}
