import type { Genre } from '../../domain/moment.ts'
import { lengthOf } from '../../domain/time-range.ts'
import { total } from './features/per-second.ts'
import type { FeaturedCandidate } from './ranker.ts'
import type { RecordingFacts } from './recording-facts.ts'

/**
 * What kind of moment it is, by what it holds most of, counted for half a minute. `other` when nothing stands out, which is the rule in
 * languages without word lists.
 */
export function chooseGenre(candidate: FeaturedCandidate, facts: RecordingFacts): Genre {
  const perHalfMinute = (name: Parameters<typeof total>[2]) =>
    (total(candidate, facts, name) * 30) / Math.max(20, lengthOf(candidate))
  const { questionAnswer = 0.5, exchange = 0.5 } = candidate.features
  const signs: [Genre, number][] = [
    ['humour', perHalfMinute('humour') * 1.2],
    ['story', perHalfMinute('story')],
    ['debate', perHalfMinute('disagreement') * 1.5 + Math.max(0, exchange - 0.6)],
    ['advice', perHalfMinute('advice') * 0.9],
    ['emotion', perHalfMinute('emotion') * 0.8],
    ['news', perHalfMinute('news')],
    ['insight', perHalfMinute('insight') * 0.6],
    // A question and its answer is a form that any of the others may take: it counts when they are weak.
    ['question', questionAnswer > 0.55 ? 1 : 0],
  ]
  const best = signs.reduce((a, b) => (b[1] > a[1] ? b : a))
  return best[1] >= 0.9 ? best[0] : 'other'
}
