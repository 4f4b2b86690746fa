import { describe, expect, it } from 'vitest'
import { lengthOf } from '../../domain/time-range.ts'
import { generateCandidates } from './candidates.ts'
import { conversation, type Line, longTalk } from './conversation-for-test.ts'
import { factsOf } from './facts-for-test.ts'

const limits = { minSeconds: 12, maxSeconds: 60 }

describe('generateCandidates', () => {
  it('keeps to the lengths, tails included, and inside the recording', () => {
    const { sentences, duration } = factsOf(longTalk(20))
    const candidates = generateCandidates({ sentences, duration, minSeconds: 15, maxSeconds: 20 })
    expect(candidates.length).toBeGreaterThan(50)
    for (const candidate of candidates) {
      expect(lengthOf(candidate)).toBeGreaterThanOrEqual(15)
      expect(lengthOf(candidate)).toBeLessThanOrEqual(20)
      expect(candidate.start).toBeGreaterThanOrEqual(0)
      expect(candidate.end).toBeLessThanOrEqual(duration)
    }
  })

  it('are bounded by the length of the recording, not by how finely it is cut', () => {
    const crowd = conversation(
      Array.from({ length: 5000 }, (_, i): Line => [`S${i % 9}`, `Stone ${i}.`]),
      { perWord: 0.02, pause: 0 },
    )
    const { sentences, duration } = factsOf(crowd)
    expect(sentences).toHaveLength(5000)
    expect(generateCandidates({ sentences, duration, ...limits }).length).toBeLessThanOrEqual(4 * (duration / 3 + 1))
  })

  it('are the whole of a recording that is shorter than the least length', () => {
    const { sentences } = factsOf(conversation([['Ana', 'Boats leak. Birds sing.']]))
    expect(generateCandidates({ sentences, duration: 11, ...limits })).toEqual([
      { start: 0, end: 11, firstSentence: 0, lastSentence: 1 },
    ])
  })

  it('do not reach across a long silence, unless there is no other way', () => {
    const lines: Line[] = Array.from({ length: 8 }, (_, i) => [
      'Ana',
      `Bird number ${i} sings in the tall tree behind the house.`,
    ])
    const early = conversation(lines)
    const late = conversation(lines, { from: (early.at(-1)?.end ?? 0) + 12 })
    const { sentences, duration } = factsOf([...early, ...late])
    const candidates = generateCandidates({ sentences, duration, ...limits })
    expect(candidates.length).toBeGreaterThan(3)
    expect(candidates.every(({ firstSentence, lastSentence }) => lastSentence < 8 || firstSentence >= 8)).toBe(true)
    const sparse = factsOf([
      ...conversation([['Ana', 'One bird.']]),
      ...conversation([['Ana', 'Another bird.']], { from: 12 }),
    ])
    expect(generateCandidates({ sentences: sparse.sentences, duration: 60, ...limits })).toHaveLength(1)
  })

  it('end before a question that somebody else answers, where they can', () => {
    const talk: Line[] = Array.from({ length: 12 }, (_, i) => [
      i % 3 === 1 ? 'Ana' : 'Bo',
      i % 3 === 1 ? 'So how was it on the boat?' : 'Waves came over the bow and the whole crew was wet through.',
    ])
    const { sentences, duration } = factsOf(conversation(talk))
    const candidates = generateCandidates({ sentences, duration, ...limits })
    const onQuestion = candidates.filter(({ lastSentence }) => sentences[lastSentence]?.text.endsWith('?'))
    expect(onQuestion.length).toBeLessThan(candidates.length / 4)
  })
})
