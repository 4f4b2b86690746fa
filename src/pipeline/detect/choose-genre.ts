import type { Genre } from '../../domain/moment.ts'
import { lengthOf } from '../../domain/time-range.ts'
import { total } from './features/per-second.ts'
import { countContradictions, countImperatives, countPast, countQuotes } from './genre-signs.ts'
import type { FeaturedCandidate } from './ranker.ts'
import type { RecordingFacts } from './recording-facts.ts'

// Talk about anything has some past forms; above this many in half a minute somebody tells what happened.
const usualPast = 3
// One clear sign in half a minute.
const leastSign = 0.9

/**
 * What kind of moment it is, by what it holds most of, counted for half a minute. A question and its answer is a form that any of the
 * others may take: it counts when none of them stands out. `other` when nothing fits, which is the rule in languages without word lists.
 */
export function chooseGenre(candidate: FeaturedCandidate, facts: RecordingFacts): Genre {
  const scale = 30 / Math.max(20, lengthOf(candidate))
  const count = (name: Parameters<typeof total>[2]) => total(candidate, facts, name) * scale
  const sentences = facts.sentences.slice(candidate.firstSentence, candidate.lastSentence + 1)
  const { questionAnswer = 0.5, exchange = 0.5 } = candidate.features
  const past = Math.max(0, countPast(sentences) * scale - usualPast)
  const particulars = Math.min(3, count('names') + count('numbers'))
  const signs: [Genre, number][] = [
    ['humour', count('humour') * 1.2],
    // Names and numbers make a story of what is told in the past, and are nothing without it.
    [
      'story',
      count('story') + countQuotes(sentences) * scale * 0.5 + past * 0.25 + (past > 0 ? particulars * 0.25 : 0),
    ],
    ['debate', count('disagreement') * 1.5 + countContradictions(sentences) * scale + Math.max(0, exchange - 0.6)],
    ['advice', count('advice') * 0.9 + countImperatives(sentences) * scale],
    ['emotion', count('emotion') * 0.8],
    ['news', count('news')],
    ['insight', count('insight') * 0.6],
  ]
  const best = signs.reduce((a, b) => (b[1] > a[1] ? b : a))
  if (best[1] >= leastSign) return best[0]
  return questionAnswer > 0.55 ? 'question' : 'other'
}
