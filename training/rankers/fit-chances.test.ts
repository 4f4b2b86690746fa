import { describe, expect, it } from 'vitest'
import { seededRandom } from '../../src/domain/seeded-random.ts'
import { fitChances } from './fit-chances.ts'
import { reliabilityOf, reliabilityPlot } from './reliability.ts'

const random = seededRandom(11)
const verdicts = Array.from({ length: 3000 }, () => {
  const score = random()
  return { score, isHit: random() < score ** 2 }
})

describe('fitChances', () => {
  it('finds how often people agreed', () => {
    const chances = fitChances(verdicts)
    expect(chances.length).toBeGreaterThan(4)
    for (const [score, share] of chances) expect(Math.abs(share - score ** 2)).toBeLessThan(0.12)
  })

  it('never falls, even where people disagreed more and more', () => {
    const shares = fitChances(verdicts.map(({ score, isHit }) => ({ score: 1 - score, isHit }))).map(
      ([, share]) => share,
    )
    expect(shares).toEqual(shares.toSorted((x, y) => x - y))
  })

  it('has nothing to say of no moments', () => {
    expect(fitChances([])).toEqual([])
  })
})

describe('reliabilityOf', () => {
  it('is small for chances that come true, large for those that do not', () => {
    const given = (chance: (score: number) => number) =>
      reliabilityOf(verdicts.map(({ score, isHit }) => ({ chance: chance(score), isHit })))
    expect(given((score) => score ** 2).error).toBeLessThan(0.05)
    expect(given((score) => score).error).toBeGreaterThan(0.12)
    expect(given((score) => score ** 2).brier).toBeLessThan(given(() => 0.5).brier)
  })

  it('is drawn with a dot a group', () => {
    const { groups } = reliabilityOf(verdicts.map(({ score, isHit }) => ({ chance: score, isHit })))
    expect(reliabilityPlot([{ title: 'viral', groups }]).match(/<circle/g)).toHaveLength(10)
  })
})
