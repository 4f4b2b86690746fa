import { featureNames } from './features/features.ts'
import type { FeaturedCandidate } from './ranker.ts'

/**
 * How sure we are that a person would keep a moment, 0 to 1. With `chance`, what the ranker's scores have proved worth on recordings with
 * people's labels. Without: its score, less when much could not be measured (no sound, no speakers, nothing to compare with), and at most
 * 0.7, because nothing here has heard it; that is a rule, not a measured frequency.
 */
export function confidence({ candidate, score, candidateCount, chance = null }: ConfidenceInput): number {
  // With fewer than a dozen candidates the best is not the best of much.
  const choice = 0.5 + Math.min(1, candidateCount / 12) / 2
  if (chance !== null) return Math.round(chance * choice * 1000) / 1000
  const measured = measurable.filter((name) => candidate.features[name] !== undefined).length / measurable.length
  return Math.round(0.7 * score * measured * choice * 1000) / 1000
}

// The trained ranker weighs the wording by itself; no candidate has it measured.
const measurable = featureNames.filter((name) => name !== 'wording')

interface ConfidenceInput {
  candidate: FeaturedCandidate
  score: number
  candidateCount: number
  /** How often people agree with moments of this score; null where nobody measured it. */
  chance?: number | null
}
