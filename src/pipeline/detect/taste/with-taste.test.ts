import { expect, test } from 'vitest'
import { seededRandom } from '../../../domain/seeded-random.ts'
import { explain } from '../explain.ts'
import type { FeaturedCandidate, Ranker, RankingContext } from '../ranker.ts'
import type { RecordingFacts } from '../recording-facts.ts'
import { noTaste, type Taste } from './taste.ts'
import { withTaste } from './with-taste.ts'

const context = { mode: 'viral', recording: {} as RecordingFacts } satisfies RankingContext
/** Likes back-and-forth, and nothing else. */
const plain: Ranker = {
  detector: { rung: 'ranker', name: 'plain', version: '1' },
  score: (candidates) => candidates.map(({ features }) => 20 * (features.exchange ?? 0.5)),
  contributions: ({ features }) => [{ feature: 'exchange', amount: 20 * (features.exchange ?? 0.5) }],
}
const leaningTo = (feature: string, weight: number): Taste => ({
  judged: 100,
  leanings: [{ feature, weight, from: 0.5, alike: 4, alikeLiked: 3 }],
})

function candidates(count = 400): FeaturedCandidate[] {
  const random = seededRandom(3)
  const value = () => Math.min(1, Math.max(0, 0.5 + (random() + random() + random() - 1.5) / 4))
  return Array.from({ length: count }, (_, i) => ({
    start: i,
    end: i + 30,
    firstSentence: i,
    lastSentence: i + 3,
    features: { exchange: value(), humour: value() },
  }))
}

const deviation = (scores: number[]) => {
  const mean = scores.reduce((sum, score) => sum + score, 0) / scores.length
  return Math.sqrt(scores.reduce((sum, score) => sum + (score - mean) ** 2, 0) / scores.length)
}
const best = (scores: number[], count: number) =>
  scores
    .map((score, i) => ({ score, i }))
    .sort((a, b) => b.score - a.score)
    .slice(0, count)
    .map(({ i }) => i)

test('without leanings it is the ranker itself', () => {
  expect(withTaste(plain, noTaste)).toBe(plain)
})

test('no score moves further than the cap, however strong the taste', () => {
  const all = candidates()
  const before = plain.score(all, context)
  const after = withTaste(plain, leaningTo('humour', 50)).score(all, context)
  const moved = after.map((score, i) => Math.abs(score - (before[i] ?? 0)) / deviation(before))
  expect(Math.max(...moved)).toBeLessThanOrEqual(0.5 + 1e-9)
  expect(Math.max(...moved)).toBeGreaterThan(0.47)
})

test('among the best, more of what is liked comes first', () => {
  const all = candidates()
  const humour = (list: number[]) => list.reduce((sum, i) => sum + (all[i]?.features.humour ?? 0), 0) / list.length
  const ranked = (taste: Taste) => best(withTaste(plain, taste).score(all, context), 10)
  expect(humour(ranked(leaningTo('humour', 0.5)))).toBeGreaterThan(humour(ranked(noTaste)) + 0.03)
  expect(humour(ranked(leaningTo('humour', -0.5)))).toBeLessThan(humour(ranked(noTaste)) - 0.03)
})

test('it never turns the ranker round', () => {
  const all = candidates()
  const before = plain.score(all, context)
  const after = withTaste(plain, leaningTo('exchange', -5)).score(all, context)
  expect(best(after, 20)).toEqual(best(before, 20))
})

test('what was not measured moves nothing', () => {
  const all = candidates()
  expect(withTaste(plain, leaningTo('loudness', 3)).score(all, context)).toEqual(plain.score(all, context))
})

test('candidates that are all alike, and none at all, are no trouble', () => {
  const same = candidates(5).map((candidate) => ({ ...candidate, features: { exchange: 0.5, humour: 0.9 } }))
  expect(withTaste(plain, leaningTo('humour', 1)).score(same, context)).toEqual(plain.score(same, context))
  expect(withTaste(plain, leaningTo('humour', 1)).score([], context)).toEqual([])
})

test('it says that it did something, in words', () => {
  const candidate = { ...candidates(1)[0], features: { exchange: 0.8, humour: 0.9 } } as FeaturedCandidate
  const contributions = withTaste(plain, leaningTo('humour', 0.3)).contributions(candidate, context)
  const reasons = explain({ candidate, contributions: contributions.slice(1), facts: context.recording })
  expect(reasons.map(({ feature, text }) => ({ feature, text }))).toEqual([
    { feature: 'humour', text: 'You kept 3 of 4 with jokes and laughter' },
  ])
  const share =
    Math.abs(contributions[1]?.amount ?? 0) / contributions.reduce((sum, { amount }) => sum + Math.abs(amount), 0)
  expect(share).toBeGreaterThan(0.05)
  expect(share).toBeLessThan(0.2)
})

test('it keeps name and version of the ranker, and carries the taste', () => {
  const taste = leaningTo('humour', 0.3)
  expect(withTaste(plain, taste)).toMatchObject({ detector: plain.detector, taste })
})
