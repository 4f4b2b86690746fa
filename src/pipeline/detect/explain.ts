import type { Reason } from '../../domain/moment.ts'
import { features } from './features/features.ts'
import type { Contribution, FeaturedCandidate } from './ranker.ts'
import type { RecordingFacts } from './recording-facts.ts'

interface ExplainInput {
  candidate: FeaturedCandidate
  contributions: readonly Contribution[]
  facts: RecordingFacts
}

// More than four reasons nobody reads.
const mostFor = 4
const mostAgainst = 2
// Below a twentieth of the score, a reason would only be an excuse.
const leastShare = 0.05

/**
 * The reasons for a candidate's score in words with real figures, the weightiest first: up to four that speak for it, then up to two
 * against. `weight` is the share of all contributions, plus and minus, that the feature brought. What brought something but can't be
 * pointed at ("no silence in it") is not a reason.
 */
export function explain({ candidate, contributions, facts }: ExplainInput): Reason[] {
  const all = contributions.reduce((sum, { amount }) => sum + Math.abs(amount), 0)
  if (all === 0) return []
  const shares = contributions
    .map(({ feature, amount, said }) => ({ feature, said, weight: amount / all }))
    .sort((a, b) => b.weight - a.weight)
  const plus = shares.filter(
    ({ feature, said, weight }) => weight >= leastShare && (said !== undefined || features[feature].speaks === 'for'),
  )
  const minus = shares
    .filter(({ feature, weight }) => weight <= -leastShare && features[feature].speaks === 'against')
    .toReversed()
  return [...inWords(plus).slice(0, mostFor), ...inWords(minus).slice(0, mostAgainst)]

  function inWords(list: typeof shares): Reason[] {
    return list.flatMap(({ feature, said, weight }) => {
      const text = said === undefined ? features[feature].explain(candidate, facts) : said
      return text === null ? [] : [{ feature, text, weight: Math.round(weight * 1000) / 1000 }]
    })
  }
}
