import { type FeatureName, featureNames } from '../features/features.ts'
import type { Contribution, FeaturedCandidate, Ranker } from '../ranker.ts'
import { sayLeaning } from './say-leaning.ts'
import type { Leaning, Taste } from './taste.ts'

// Standard deviations of a recording's scores. What is chosen lies two and more over the mean: this changes the order among good moments, and
// can't bring up a poor one.
const farthest = 0.5
// Where moments are worth a look, one deviation of score is about one of log-odds.
const deviationsPerLogOdds = 1
// Features are stored so that an eighth is a standard deviation within the recording.
const perDeviation = 8
// Taste is held against the ranker's opinion where it matters: among the best of a recording.
const contested = 60

/**
 * A ranker whose scores lean towards what people of this library like, by at most half a standard deviation of the recording's scores. Taste may
 * sharpen or colour what the ranker thinks, never turn it round: what of it amounts to "the opposite of the ranker" is taken out. Without
 * leanings it is the ranker itself.
 */
export function withTaste(ranker: Ranker, taste: Taste): Ranker {
  const { leanings } = taste
  if (leanings.length === 0) return ranker
  return {
    ...ranker,
    taste,
    score(candidates, context) {
      const scores = ranker.score(candidates, context)
      const { deviation } = spreadOf(scores)
      const pulls = withoutOpposition(
        candidates.map((candidate) => pullOf(candidate, leanings)),
        scores,
      )
      return scores.map((score, i) => score + deviation * bounded(pulls[i] ?? 0))
    },
    contributions(candidate, context) {
      const own = ranker.contributions(candidate, context)
      return [...own, ...tasteIn(candidate, leanings, own)]
    },
  }
}

/** Log-odds that people of this library like it, over those of the moments they judged. */
function pullOf(candidate: FeaturedCandidate, leanings: readonly Leaning[]): number {
  return leanings.reduce((sum, leaning) => sum + partOf(candidate, leaning), 0)
}

function partOf({ features }: FeaturedCandidate, { feature, weight, from }: Leaning): number {
  const value = valueOf(features, feature)
  return value === undefined ? 0 : weight * perDeviation * (value - from)
}

function valueOf(features: Readonly<Partial<Record<string, number>>>, feature: string): number | undefined {
  return features[feature]
}

/** In deviations of score; near 0 as it is, and never more than `farthest`. */
function bounded(pull: number): number {
  return farthest * Math.tanh((pull * deviationsPerLogOdds) / farthest)
}

/** Pulls less what of them only says the opposite of the scores, by least squares over the best candidates. */
function withoutOpposition(pulls: readonly number[], scores: readonly number[]): number[] {
  const best = scores
    .map((score, i) => ({ score, pull: pulls[i] ?? 0 }))
    .sort((a, b) => b.score - a.score)
    .slice(0, contested)
  const [score, pull] = [meanOf(best.map((each) => each.score)), meanOf(best.map((each) => each.pull))]
  const together = best.reduce((sum, each) => sum + (each.score - score) * (each.pull - pull), 0)
  const alone = best.reduce((sum, each) => sum + (each.score - score) ** 2, 0)
  const slope = alone > 0 ? Math.min(0, together / alone) : 0
  return pulls.map((each, i) => each - slope * ((scores[i] ?? 0) - score))
}

function spreadOf(scores: readonly number[]): { deviation: number } {
  const mean = meanOf(scores)
  return { deviation: Math.sqrt(meanOf(scores.map((score) => (score - mean) ** 2))) }
}

function meanOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length)
}

// A chosen moment lies about three deviations over the mean, and what speaks for and against it adds up to twice that.
const deviationsInAll = 6

/** What taste brought, feature by feature, as large beside the ranker's own contributions as its pull is beside their sum: about. */
function tasteIn(
  candidate: FeaturedCandidate,
  leanings: readonly Leaning[],
  own: readonly Contribution[],
): Contribution[] {
  const all = own.reduce((sum, { amount }) => sum + Math.abs(amount), 0)
  const pull = pullOf(candidate, leanings)
  if (pull === 0 || all === 0) return []
  const scale = ((bounded(pull) / pull) * all) / deviationsInAll
  return leanings.flatMap((leaning) => {
    const amount = partOf(candidate, leaning) * scale
    const said = sayLeaning(leaning, amount)
    return isFeatureName(leaning.feature) && amount !== 0 ? [{ feature: leaning.feature, amount, said }] : []
  })
}

const known: ReadonlySet<string> = new Set(featureNames)

function isFeatureName(name: string): name is FeatureName {
  return known.has(name)
}
