import { describe, expect, it } from 'vitest'
import { conversation, type Line } from '../conversation-for-test.ts'
import { factsOf, spanOf } from '../facts-for-test.ts'
import { excess } from './excess.ts'
import { nearUsualLength } from './usual-length.ts'

const dull: Line[] = Array.from({ length: 30 }, (_, i) => ['Ana', `The table number ${i} stands in the room.`])
const funny: Line[] = Array.from({ length: 10 }, (_, i) => ['Bo', `A silly joke about the duck in room ${i}.`])
const facts = factsOf(conversation([...dull, ...funny, ...dull]))

describe('excess', () => {
  it('grows with a span as long as it stays as dense', () => {
    const whole = excess(spanOf(facts, 30, 39), facts, 'humour')
    expect(whole).toBeGreaterThan(excess(spanOf(facts, 33, 36), facts, 'humour'))
    expect(whole).toBeGreaterThan(excess(spanOf(facts, 20, 49), facts, 'humour'))
  })

  it('is below 0 where there is less than usual', () => {
    expect(excess(spanOf(facts, 0, 9), facts, 'humour')).toBeLessThan(0)
  })
})

it('prefers half a minute, by ratio, and longer spans where something is explained', () => {
  expect(nearUsualLength(32, 'viral')).toBe(1)
  expect(nearUsualLength(16, 'viral')).toBeCloseTo(nearUsualLength(64, 'viral'))
  expect(nearUsualLength(15, 'viral')).toBeLessThan(0.4)
  expect(nearUsualLength(55, 'summary')).toBeGreaterThan(nearUsualLength(55, 'viral'))
  expect(nearUsualLength(0, 'viral')).toBeGreaterThanOrEqual(0)
})
