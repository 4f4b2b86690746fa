import type { RankedMode } from '../../domain/moment.ts'
import { type FeatureName, featureNames, features } from './features/features.ts'
import type { Contribution, FeaturedCandidate, Ranker, RankingContext } from './ranker.ts'

/**
 * What each feature is worth, by mode: score for one standard deviation over the recording's mean. For absolute features it is the score
 * for an eighth of their range. Viral looks for what people react to, highlights for what they remember, summary for what explains
 * the rest. Set by hand and checked on recordings with people's labels; loudness, scenes and silence are judgement only, because
 * the labelled recordings come as text.
 */
const weights: Record<FeatureName, Record<RankedMode, number>> = {
  exchange: { viral: 1.5, highlights: 0.8, summary: 0 },
  bursts: { viral: 1.1, highlights: 0.4, summary: -0.3 },
  reaction: { viral: 1, highlights: 0.6, summary: 0 },
  address: { viral: 0.4, highlights: 0.1, summary: -0.2 },
  humour: { viral: 0.6, highlights: 0.2, summary: 0 },
  wording: { viral: 0, highlights: 0, summary: 0 },
  emotion: { viral: 0.2, highlights: 0.3, summary: 0 },
  hook: { viral: 0.2, highlights: 0.2, summary: 0.3 },
  questionAnswer: { viral: 0.1, highlights: 0.2, summary: 0.2 },
  story: { viral: 0.1, highlights: 0.2, summary: 0 },
  specifics: { viral: 0, highlights: 0, summary: 0.5 },
  novelty: { viral: 0.4, highlights: 0.4, summary: 0 },
  centrality: { viral: -0.2, highlights: 0, summary: 0.4 },
  loudness: { viral: 0.5, highlights: 0.4, summary: 0.1 },
  pace: { viral: 0.1, highlights: 0.2, summary: 0.1 },
  sceneActivity: { viral: 0.1, highlights: 0.1, summary: 0 },
  position: { viral: 0.05, highlights: 0.12, summary: 0 },
  usualLength: { viral: 0.3, highlights: 0, summary: 0.1 },
  completeness: { viral: 0.1, highlights: 0.1, summary: 0.1 },
  housekeeping: { viral: -0.3, highlights: -0.3, summary: -0.3 },
  dangling: { viral: -0.1, highlights: -0.1, summary: -0.1 },
  deadAir: { viral: -0.6, highlights: -0.6, summary: -0.6 },
}

/**
 * Adds up features by hand-set weights: no model, no key, no language needed. Each contribution is counted from the recording's
 * mean, so that what could not be measured counts as average.
 */
export const handSetRanker: Ranker = {
  detector: { rung: 'ranker', name: 'hand-set', version: '2' },
  score: (candidates, context) => candidates.map((candidate) => sum(contributionsOf(candidate, context))),
  contributions: contributionsOf,
}

function contributionsOf({ features: values }: FeaturedCandidate, { mode }: RankingContext): Contribution[] {
  return featureNames.flatMap((feature) => {
    const value = values[feature]
    const weight = weights[feature][mode]
    if (value === undefined || weight === 0) return []
    const neutral = features[feature].scale === 'compared' ? 0.5 : 0
    return [{ feature, amount: 8 * weight * (value - neutral) }]
  })
}

function sum(contributions: readonly Contribution[]): number {
  return contributions.reduce((total, { amount }) => total + amount, 0)
}
