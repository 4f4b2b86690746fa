import { describe, expect, it } from 'vitest'
import { conversation } from './conversation-for-test.ts'
import { explain } from './explain.ts'
import { factsOf, spanOf } from './facts-for-test.ts'
import { handSetRanker } from './hand-set-ranker.ts'

const facts = factsOf(
  conversation([
    ['Ana', 'Nothing of note.'],
    ['Bo', 'And then 12 people cried in front of Marie Curie, it was the worst day.'],
  ]),
)
const candidate = { ...spanOf(facts, 1, 1), features: {} }

describe('explain', () => {
  it('gives the weightiest reasons first, those against last, each with its share', () => {
    const contributions = [
      { feature: 'specifics', amount: 2 },
      { feature: 'emotion', amount: 5 },
      { feature: 'dangling', amount: -3 },
    ] as const
    expect(explain({ candidate, contributions, facts })).toEqual([
      { feature: 'emotion', text: 'Strong feelings: “cried”, “the worst day”', weight: 0.5 },
      { feature: 'specifics', text: 'One name (Marie Curie) and one number', weight: 0.2 },
      { feature: 'dangling', text: 'Opens with “And”, which leans on what came before', weight: -0.3 },
    ])
  })

  it('leaves out what brought little and what it cannot point at', () => {
    const contributions = [
      { feature: 'emotion', amount: 10 },
      { feature: 'specifics', amount: 0.1 },
      { feature: 'loudness', amount: 4 },
      { feature: 'exchange', amount: -4 },
    ] as const
    expect(explain({ candidate, contributions, facts }).map(({ feature }) => feature)).toEqual(['emotion'])
    expect(explain({ candidate, contributions: [], facts })).toEqual([])
  })
})

describe('handSetRanker', () => {
  const context = { mode: 'viral', recording: facts } as const
  const scoreOf = (features: Record<string, number>) =>
    handSetRanker.score([{ ...candidate, features }], context)[0] ?? Number.NaN

  it('scores what its contributions add up to', () => {
    const features = { exchange: 0.9, humour: 0.7, dangling: 1, position: 0.3 }
    const parts = handSetRanker.contributions({ ...candidate, features }, context)
    expect(scoreOf(features)).toBeCloseTo(parts.reduce((sum, { amount }) => sum + amount, 0))
  })

  it('takes what was not measured for average, and works without any words', () => {
    expect(scoreOf({})).toBe(scoreOf({ exchange: 0.5, loudness: 0.5 }))
    expect(scoreOf({ loudness: 0.9 })).toBeGreaterThan(scoreOf({ loudness: 0.4 }))
    expect(scoreOf({ deadAir: 0.5 })).toBeLessThan(scoreOf({ deadAir: 0 }))
  })

  it('weighs by mode', () => {
    const score = (mode: 'viral' | 'summary') =>
      handSetRanker.score(
        [
          { ...candidate, features: { exchange: 0.9 } },
          { ...candidate, features: { centrality: 0.9 } },
        ],
        { mode, recording: facts },
      )
    const [banter = 0, central = 0] = score('viral')
    const [dull = 0, subject = 0] = score('summary')
    expect(banter).toBeGreaterThan(central)
    expect(subject).toBeGreaterThan(dull)
  })
})
