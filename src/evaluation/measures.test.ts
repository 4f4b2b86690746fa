import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { expect, it } from 'vitest'
import { seededRandom } from '../domain/seeded-random.ts'
import { bootstrap } from './bootstrap.ts'
import { measureChapters } from './chapter-measures.ts'
import { measureClips } from './clip-measures.ts'

const label = { start: 100, end: 130, weight: 1, kind: '' }
const clips = (predicted: { start: number; end: number; score?: number }[]) =>
  measureClips({ predicted, labels: [label], duration: 1000, task: 'clips' })

it('gives the labels themselves the best of everything', () => {
  expect(clips([{ start: 100, end: 130 }])).toMatchObject({ 'P@5': 0.2, 'R@5': 1, 'HIT@1': 1, 'R1@.7': 1, mAP: 1 })
})

it('gives labelled time over chance', () => {
  expect(clips([{ start: 100, end: 130 }])['lift@5']).toBeCloseTo(1000 / 30)
})

it.each([
  ['nothing', []],
  ['what lies elsewhere', [{ start: 500, end: 530 }]],
  ['what lies outside', [{ start: -50, end: -20 }]],
  ['numbers that are none', [{ start: Number.NaN, end: Number.NaN }]],
])('gives nothing for %s', (_, predicted) => {
  expect(new Set(Object.values(clips(predicted)))).toEqual(new Set([0]))
})

it('counts a clip said twice once, and the better score first', () => {
  const twice = [
    { start: 500, end: 530, score: 0.1 },
    { start: 100, end: 130, score: 0.9 },
    { start: 101, end: 131, score: 0.8 },
  ]
  expect(clips(twice)).toMatchObject({ 'HIT@1': 1, 'P@5': 0.2 })
})

it('can’t be won by one long clip', () => {
  expect(clips([{ start: 0, end: 1000 }])).toMatchObject({ 'R@5': 0, 'lift@5': 0 })
})

it('matches borders one to one', () => {
  const chapters = { labels: [0, 100, 500], duration: 1000 }
  expect(measureChapters({ ...chapters, predicted: [110, 90, 800] })).toMatchObject({ 'F1@30s': 2 / 5 })
  expect(measureChapters({ ...chapters, predicted: [100, 500] })).toEqual({
    'F1@30s': 1,
    'F1@60s': 1,
    Pk: 0,
    WinDiff: 0,
  })
  expect(measureChapters({ labels: [0, 5], predicted: [100], duration: 1000 })).toBeNull()
})

it('draws recordings, not units', () => {
  const alike = Array.from({ length: 50 }, () => ({ recording: 'a', value: 1 }))
  const { mean, low, high } = bootstrap([...alike, { recording: 'b', value: 0 }])
  expect({ mean, low, high }).toEqual({ mean: 50 / 51, low: 0, high: 1 })
})

// Another program with the same definitions, kept with the labelled data.
const data = process.env['CLIPWRIGHT_EVAL_DATA']
it.skipIf(data === undefined)('agrees with another scorer (CLIPWRIGHT_EVAL_DATA)', async () => {
  const scorer = (await import(pathToFileURL(join(data ?? '', 'score.mjs')).href)) as {
    scoreClips: (...of: unknown[]) => Record<string, number>
    scoreChapters: (...of: unknown[]) => Record<string, number>
  }
  const random = seededRandom(3)
  const spans = (count: number, longest: number) =>
    Array.from({ length: count }, () => {
      const start = random() * 3000
      return {
        start,
        end: start + random() * longest,
        score: Math.round(random() * 8),
        weight: 0.5 + random(),
        kind: '',
      }
    })
  for (let round = 0; round < 300; round++) {
    const [predicted, labels] = [spans(25, 90), spans(8, 200)]
    for (const task of ['clips', 'query'] as const) {
      const theirs = scorer.scoreClips(predicted, labels, 3000, task)
      const ours = measureClips({ predicted, labels, duration: 3000, task })
      for (const [name, value] of Object.entries(ours))
        expect(value, `${task} ${name}`).toBeCloseTo(theirs[name] ?? -1, 9)
    }
    const borders = predicted.map(({ start }) => start)
    const theirs = scorer.scoreChapters(borders, labels, 3000)
    const ours = measureChapters({ predicted: borders, labels: labels.map(({ start }) => start), duration: 3000 })
    for (const [name, value] of Object.entries(ours ?? {})) expect(value, name).toBeCloseTo(theirs[name] ?? -1, 9)
  }
})
