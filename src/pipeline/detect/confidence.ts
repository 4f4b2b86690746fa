import { featureNames } from './features/features.ts'
import type { FeaturedCandidate } from './ranker.ts'

/**
 * How sure we are that a person would keep a moment, 0 to 1: its score, less when much could not be measured (no sound, no speakers,
 * nothing to compare with), and at most 0.7, because nothing here has heard it. A rule, not a measured frequency: no verdicts of people
 * have been held against it.
 */
export function confidence({ candidate, score, candidateCount }: ConfidenceInput): number {
  const measured = featureNames.filter((name) => candidate.features[name] !== undefined).length / featureNames.length
  // With fewer than a dozen candidates the best is not the best of much.
  const choice = Math.min(1, candidateCount / 12)
  return Math.round(0.7 * score * measured * (0.5 + choice / 2) * 1000) / 1000
}

interface ConfidenceInput {
  candidate: FeaturedCandidate
  score: number
  candidateCount: number
}
