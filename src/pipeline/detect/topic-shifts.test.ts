import { describe, expect, it } from 'vitest'
import { conversation, type Line } from './conversation-for-test.ts'
import { factsOf } from './facts-for-test.ts'

const about = (things: string[], count: number): Line[] =>
  Array.from(
    { length: count },
    (_, i): Line => [
      'Ana',
      `The ${things[i % 4]} and the ${things[(i + 1) % 4]} belong to the ${things[(i + 2) % 4]} in the ${things[(i + 3) % 4]}.`,
    ],
  )
const sea = ['boat', 'harbour', 'rope', 'captain']
const kitchen = ['oven', 'flour', 'baker', 'bread']

describe('topicShifts', () => {
  it('is highest where the words change', () => {
    const { topics } = factsOf(conversation([...about(sea, 20), ...about(kitchen, 20), ...about(sea, 20)]))
    const order = [...topics.shifts.keys()].sort((a, b) => (topics.shifts[b] ?? 0) - (topics.shifts[a] ?? 0))
    expect(new Set(order.slice(0, 2))).toEqual(new Set([20, 40]))
    expect(topics.shifts[20]).toBeGreaterThan(0.8)
    expect(topics.shifts[10]).toBeLessThan(0.2)
  })

  it('is 0 where nothing changes or nothing is said', () => {
    const same = factsOf(conversation(about(['boat', 'boat', 'boat', 'boat'], 30)))
    expect(Math.max(...same.topics.shifts)).toBeLessThan(0.2)
    const empty = factsOf(conversation([['Ana', 'Yeah. You know. It is like that.']]))
    expect([...empty.topics.shifts]).toEqual([0, 0, 0])
    expect(factsOf([]).topics.shifts).toHaveLength(0)
  })
})
