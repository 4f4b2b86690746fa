import { expect, test } from 'vitest'
import { learnTaste } from './learn-taste.ts'
import { noTaste } from './taste.ts'
import { someVerdicts, verdictOn } from './verdicts-for-test.ts'

const likesHumour = { likes: ({ humour }: { humour: number }) => humour > 0.5 }
const weightOf = (taste: ReturnType<typeof learnTaste>, feature: string) =>
  taste.leanings.find((leaning) => leaning.feature === feature)?.weight ?? 0

test('no verdict, nothing learned', () => {
  expect(learnTaste([])).toEqual(noTaste)
})

test('a handful moves nothing', () => {
  expect(learnTaste(someVerdicts({ count: 7, ...likesHumour })).leanings).toEqual([])
})

test('verdicts that agree are believed, the more the firmer', () => {
  const few = learnTaste(someVerdicts({ count: 20, ...likesHumour }))
  const many = learnTaste(someVerdicts({ count: 100, ...likesHumour }))
  expect(weightOf(few, 'humour')).toBeGreaterThan(0)
  expect(weightOf(many, 'humour')).toBeGreaterThan(weightOf(few, 'humour'))
  expect(Math.abs(weightOf(many, 'specifics'))).toBeLessThan(weightOf(many, 'humour') / 3)
  expect(many.judged).toBe(100)
})

test('who dislikes it is believed as well', () => {
  expect(
    weightOf(learnTaste(someVerdicts({ count: 100, likes: ({ humour }) => humour < 0.5 })), 'humour'),
  ).toBeLessThan(0)
})

test('a liking comes with how many were alike, for a person', () => {
  const [humour] = learnTaste(someVerdicts({ count: 100, ...likesHumour })).leanings
  expect(humour).toMatchObject({ feature: 'humour' })
  expect(humour?.alikeLiked).toBe(humour?.alike)
  expect(humour?.alike).toBeGreaterThan(20)
})

test('verdicts by chance are seldom believed, and then hardly', () => {
  const tastes = Array.from({ length: 40 }, (_, seed) =>
    learnTaste(someVerdicts({ count: 60, seed: seed + 1, likes: (_features, random) => random() < 0.4 })),
  )
  const believed = tastes.filter(({ leanings }) => leanings.length > 0)
  expect(believed.length).toBeLessThan(8)
  for (const { leanings } of believed) for (const { weight } of leanings) expect(Math.abs(weight)).toBeLessThan(0.25)
})

test('all of one kind, or all of a few recordings, teach nothing', () => {
  expect(learnTaste(someVerdicts({ count: 100, likes: () => true })).leanings).toEqual([])
  const ofFour = someVerdicts({ count: 100, ...likesHumour }).map((verdict, i) => ({
    ...verdict,
    recordingId: `${i % 4}`,
  }))
  expect(learnTaste(ofFour).leanings).toEqual([])
})

test('nobody can be taught to like silence', () => {
  const { leanings } = learnTaste(someVerdicts({ count: 100, likes: ({ deadAir }) => deadAir > 0.5 }))
  expect(leanings.some(({ feature }) => feature === 'deadAir')).toBe(false)
})

test('what was never or hardly measured, or is not known any more, is left out', () => {
  const verdicts = someVerdicts({ count: 100, ...likesHumour }).map((verdict, i) => ({
    ...verdict,
    features: { ...verdict.features, gone: i / 100, ...(i < 10 ? { story: 1 } : {}), hook: Number.NaN },
  }))
  expect(learnTaste(verdicts)).toEqual(learnTaste(someVerdicts({ count: 100, ...likesHumour })))
})

test('values from who knows where move no more than the greatest', () => {
  const wild = someVerdicts({ count: 100, ...likesHumour }).map((verdict) => ({
    ...verdict,
    features: { humour: verdict.features['humour'] === undefined ? 0 : verdict.features['humour'] * 1e9 },
  }))
  for (const { weight } of learnTaste(wild).leanings) expect(Math.abs(weight)).toBeLessThan(1)
})

test('the last word on a moment is what is learned from', () => {
  const said = someVerdicts({ count: 100, ...likesHumour })
  const opposite = said.map((verdict) => ({
    ...verdict,
    verdict: { kind: verdict.verdict.kind === 'keep' ? ('discard' as const) : ('keep' as const) },
  }))
  expect(learnTaste([...opposite, ...said])).toEqual(learnTaste(said))
})

test('the same verdicts give the same taste', () => {
  const verdicts = [...someVerdicts({ count: 50, ...likesHumour }), verdictOn({ recordingId: 'last' })]
  expect(JSON.stringify(learnTaste(verdicts))).toBe(JSON.stringify(learnTaste(structuredClone(verdicts))))
})
