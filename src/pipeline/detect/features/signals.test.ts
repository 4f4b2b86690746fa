import { describe, expect, it } from 'vitest'
import type { Analysis } from '../../../domain/observation.ts'
import { conversation, type Line } from '../conversation-for-test.ts'
import { factsOf, spanOf } from '../facts-for-test.ts'
import { deadAir } from './dead-air.ts'
import { loudness } from './loudness.ts'
import { pace } from './pace.ts'
import { position } from './position.ts'
import { sceneActivity } from './scene-activity.ts'

const lines: Line[] = Array.from({ length: 20 }, (_, i) => [
  'Ana',
  `This is line number ${i} of a quiet recording about boats.`,
])
const segments = conversation(lines)

function analysis(fields: Partial<Analysis> & { values?: number[] }): Analysis {
  const { values = [], ...rest } = fields
  return {
    scenes: [],
    loudness: { step: 0.5, values, integrated: values.length > 0 ? -16 : null },
    silences: [],
    warnings: [],
    ...rest,
  }
}

describe('loudness', () => {
  it('says how much of the recording is quieter', () => {
    const values = Array.from({ length: 200 }, (_, i) => (i >= 20 && i < 60 ? -10 : -25 - (i % 7)))
    const facts = factsOf(segments, { analysis: analysis({ values }) })
    expect(loudness.explain({ start: 10, end: 30, firstSentence: 0, lastSentence: 1 }, facts)).toMatch(
      /^Louder than [78]\d % of the recording$/,
    )
    expect(loudness.explain({ start: 40, end: 60, firstSentence: 0, lastSentence: 1 }, facts)).toBeNull()
  })

  it('leaves out what is no number, and is not measured without sound', () => {
    const broken = factsOf(segments, {
      analysis: analysis({ values: [Number.NaN, Number.NEGATIVE_INFINITY, -70, Number.NaN] }),
    })
    expect(loudness.measure(spanOf(broken), broken)).toBeNull()
    const partly = factsOf(segments, { analysis: analysis({ values: [Number.NaN, -20, -18, Number.NaN] }) })
    expect(loudness.measure(spanOf(partly), partly)).toBeGreaterThanOrEqual(0)
    const none = factsOf(segments)
    expect(loudness.measure(spanOf(none), none)).toBeNull()
  })
})

describe('sceneActivity', () => {
  it('counts the cuts inside', () => {
    const scenes = [0, 5, 8, 11, 50].map((start, i, all) => ({ start, end: all[i + 1] ?? 90 }))
    const facts = factsOf(segments, { analysis: analysis({ scenes }) })
    expect(sceneActivity.explain({ start: 4, end: 20, firstSentence: 0, lastSentence: 4 }, facts)).toBe(
      'Three cuts in the picture',
    )
    const still = factsOf(segments, { analysis: analysis({ scenes: [{ start: 0, end: 90 }] }) })
    expect(sceneActivity.measure(spanOf(still), still)).toBeNull()
  })
})

describe('deadAir', () => {
  const apart = [
    ...conversation([['Ana', 'Listen to this.']]),
    ...conversation([['Ana', 'There it was.']], { from: 8 }),
  ]
  const span = { start: 0, end: 10, firstSentence: 0, lastSentence: 1 }

  it('counts silence that was heard, over two seconds', () => {
    const facts = factsOf(apart, { analysis: analysis({ values: [-20], silences: [{ start: 1.5, end: 7.5 }] }) })
    expect(deadAir.measure(span, facts)).toBeCloseTo(0.4)
    expect(deadAir.explain(span, facts)).toBe('4.0 seconds of silence in it')
  })

  it('takes laughter or music for what they are', () => {
    const facts = factsOf(apart, { analysis: analysis({ values: [-20], silences: [] }) })
    expect(deadAir.measure(span, facts)).toBe(0)
  })

  it('allows more where nobody listened', () => {
    expect(deadAir.measure(span, factsOf(apart))).toBeCloseTo(0.28)
  })
})

describe('pace', () => {
  it('says by how much people speak faster than usual', () => {
    const slow = conversation(lines, { perWord: 0.6 })
    const fast = conversation(lines.slice(0, 6), { perWord: 0.2, pause: 0, from: (slow.at(-1)?.end ?? 0) + 1 })
    const facts = factsOf([...slow, ...fast])
    const quick = spanOf(facts, 20, 25)
    expect(pace.explain(quick, facts)).toMatch(/^Spoken [2-9]\d % faster than usual here$/)
    expect(pace.measure(quick, facts)).toBeGreaterThan(pace.measure(spanOf(facts, 8, 12), facts) ?? 9)
  })
})

describe('position', () => {
  const at = (start: number, duration: number) =>
    position.measure({ start, end: start + 20, firstSentence: 0, lastSentence: 0 }, factsOf(segments, { duration }))

  it('leans gently to the later part of long recordings', () => {
    expect(at(10, 3600)).toBe(0)
    expect(at(1800, 3600)).toBeCloseTo(0.72, 1)
    expect(at(2700, 3600)).toBe(1)
    expect(at(3550, 3600)).toBe(0.5)
  })

  it('says nothing about short ones', () => {
    expect(at(10, 200)).toBe(0.5)
  })
})
