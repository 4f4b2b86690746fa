import { describe, expect, it } from 'vitest'
import { lengthOf } from '../../domain/time-range.ts'
import { conversation, type Line, longTalk } from './conversation-for-test.ts'
import { factsOf, spanOf } from './facts-for-test.ts'
import { frameMoment } from './frame-moment.ts'

const story: Line[] = [
  ['Ana', 'So, what was the worst night on the boat?'],
  ['Bo', 'The mast broke in the middle of a storm near the island.'],
  ['Bo', 'We tied the sail to a ladder and prayed to every saint we knew.'],
  ['Bo', 'The cook held the wheel with one hand and a pan with the other.'],
  ['Bo', 'At dawn the coast guard found us and wanted breakfast.'],
  ['Ana', 'No way!'],
]
const filler: Line[] = Array.from({ length: 6 }, (_, i) => [
  i % 2 === 0 ? 'Ana' : 'Bo',
  'And the paper for the form lies over there with the other paper.',
])
const talk = [...conversation(filler), ...conversation(story, { from: 40 }), ...conversation(filler, { from: 75 })]
const facts = factsOf(talk)
const limits = { facts, taken: [], mode: 'highlights', minSeconds: 12, maxSeconds: 60 } as const

describe('frameMoment', () => {
  it('shows the story from its question to its laugh, wherever in it the place lies', () => {
    for (const [first, last] of [
      [7, 9],
      [8, 10],
      [6, 9],
    ]) {
      const framed = frameMoment({ ...limits, place: spanOf(facts, first, last) })
      expect([framed.firstSentence, framed.lastSentence]).toEqual([6, 11])
    }
  })

  it('keeps to the lengths, and shares half with the place', () => {
    const long = factsOf(longTalk(10))
    for (let first = 0; first + 4 < long.sentences.length; first += 5) {
      const place = spanOf(long, first, first + 2)
      const framed = frameMoment({ ...limits, facts: long, place, minSeconds: 18, maxSeconds: 25 })
      expect(lengthOf(framed)).toBeGreaterThanOrEqual(18)
      expect(lengthOf(framed)).toBeLessThanOrEqual(25)
      const shared = Math.min(framed.end, place.end) - Math.max(framed.start, place.start)
      expect(shared).toBeGreaterThanOrEqual(0.5 * Math.min(lengthOf(framed), lengthOf(place)) - 1e-9)
    }
  })

  it('stays out of what is taken', () => {
    const taken = [spanOf(facts, 4, 6), spanOf(facts, 11, 12)]
    const framed = frameMoment({ ...limits, taken, place: spanOf(facts, 8, 10) })
    expect(framed.firstSentence).toBeGreaterThan(6)
    expect(framed.lastSentence).toBeLessThan(11)
  })

  it('is the place itself where nothing else fits', () => {
    const place = spanOf(facts, 8, 8)
    expect(frameMoment({ ...limits, place, taken: [spanOf(facts, 7, 7), spanOf(facts, 9, 9)] })).toBe(place)
  })
})
