import { expect, it } from 'vitest'
import { seededRandom } from '../src/domain/seeded-random.ts'
import { contributionsTo, predict } from '../src/pipeline/detect/boosted-trees.ts'
import { fitBoostedTrees } from './fit-boosted-trees.ts'
import { logistic, softmax } from './objectives.ts'

const random = seededRandom(7)
const rows = 2000
const [a, b, noise] = [0, 1, 2].map(() => Float64Array.from({ length: rows }, random)) as [
  Float64Array,
  Float64Array,
  Float64Array,
]
const rowOf = (i: number) => [a[i] ?? 0, b[i] ?? 0, noise[i] ?? 0]

it('learns what no single feature shows', () => {
  const targets = a.map((value, i) => (value > 0.5 !== (b[i] ?? 0) > 0.5 ? 1 : 0))
  const model = fitBoostedTrees([a, b, noise], logistic(targets), { trees: 60, learningRate: 0.2 })
  const right = targets.filter((target, i) => predict(model, rowOf(i)) > 0 === (target === 1)).length
  expect(right / rows).toBeGreaterThan(0.95)
})

it('is the same each time', () => {
  const fit = () => fitBoostedTrees([a, b], logistic(a.map((value) => (value > 0.7 ? 1 : 0))), { trees: 5 })
  expect(fit()).toEqual(fit())
})

it('says which feature decided', () => {
  const model = fitBoostedTrees([a, noise], logistic(a.map((value) => (value > 0.7 ? 1 : 0))), { trees: 20 })
  const brought = contributionsTo(model, [0.9, 0.5])
  expect(brought.get(0)).toBeGreaterThan(Math.abs(brought.get(1) ?? 0) * 5)
})

it('tells what is missing from what is small', () => {
  const gaps = a.map((value) => (value < 0.3 ? Number.NaN : value))
  const model = fitBoostedTrees([gaps], logistic(a.map((value) => (value < 0.3 ? 1 : 0))), { trees: 30 })
  expect(predict(model, [Number.NaN])).toBeGreaterThan(0)
  expect(predict(model, [0.31])).toBeLessThan(0)
})

it('ranks within groups, whatever lies between them', () => {
  const groupStarts = Array.from({ length: 100 }, (_, g) => g * 20)
  const level = Float64Array.from({ length: rows }, (_, i) => Math.floor(i / 20))
  const targets = new Float64Array(rows)
  for (const from of groupStarts) {
    const group = Array.from({ length: 20 }, (_, i) => from + i)
    targets[group.reduce((x, y) => ((a[y] ?? 0) > (a[x] ?? 0) ? y : x))] = 1
  }
  const model = fitBoostedTrees([a, level], softmax(targets, groupStarts), {
    trees: 80,
    learningRate: 0.3,
    lambda: 1,
    minLeaf: 0.5,
  })
  const firsts = groupStarts.filter((from) => {
    const group = Array.from({ length: 20 }, (_, i) => from + i)
    const best = group.reduce((x, y) =>
      predict(model, [a[y] ?? 0, level[y] ?? 0]) > predict(model, [a[x] ?? 0, level[x] ?? 0]) ? y : x,
    )
    return targets[best] === 1 || (a[best] ?? 0) > 0.9
  })
  expect(firsts.length).toBeGreaterThan(85)
})
