import { expect, test } from 'vitest'
import type { JudgedMoment } from './taste.ts'
import { weighVerdicts } from './weigh-verdicts.ts'

const judged = (changes: Partial<JudgedMoment> = {}): JudgedMoment => ({
  recording: 'talk',
  by: 'cli',
  features: {},
  liked: true,
  weight: 1,
  ...changes,
})
const sum = (numbers: number[]) => numbers.reduce((total, number) => total + number, 0)

test('newer ones count more, and what lies far back not at all', () => {
  const weighed = weighVerdicts(Array.from({ length: 400 }, (_, i) => judged({ recording: `${i}` })))
  expect(weighed).toHaveLength(300)
  expect(weighed[0]?.recording).toBe('100')
  expect(weighed.at(-1)?.counts).toBe(1)
  expect(weighed.at(-151)?.counts).toBeCloseTo(0.5)
})

test('one recording counts for five at most', () => {
  const weighed = weighVerdicts([...Array.from({ length: 60 }, () => judged()), judged({ recording: 'other' })])
  expect(sum(weighed.filter(({ recording }) => recording === 'talk').map(({ counts }) => counts))).toBeCloseTo(5)
  expect(weighed.at(-1)?.counts).toBe(1)
})

test('nobody outweighs all the others together', () => {
  const loud = Array.from({ length: 40 }, (_, i) => judged({ by: 'loud', recording: `a${i}` }))
  const others = Array.from({ length: 6 }, (_, i) => judged({ by: i < 3 ? 'ana' : 'bo', recording: `b${i}` }))
  const weighed = weighVerdicts([...loud, ...others])
  const of = (name: string) => sum(weighed.filter(({ by }) => by === name).map(({ counts }) => counts))
  expect(of('loud')).toBeCloseTo(of('ana') + of('bo'))
})

test('a single judge counts in full', () => {
  expect(weighVerdicts([judged(), judged({ recording: 'b', weight: 0.5 })]).map(({ counts }) => counts)).toEqual([
    expect.closeTo(0.995, 2),
    0.5,
  ])
})
