import { expect, it } from 'vitest'
import { overlapOf } from '../../../domain/time-range.ts'
import type { Segment } from '../../../domain/transcript.ts'
import { handSetRanker } from '../hand-set-ranker.ts'
import { beginnings, talkAboutSubjects } from '../subjects-for-test.ts'
import { findSummary } from './find-summary.ts'

const talk = talkAboutSubjects(5)

function summary(count: number, segments: readonly Segment[] = talk) {
  const duration = Math.max(0, ...segments.map(({ end }) => end)) + 1
  return findSummary({
    segments,
    duration,
    analysis: null,
    ranker: handSetRanker,
    limits: { count, minSeconds: 15, maxSeconds: 60 },
  })
}

it('takes something from every part of the recording', () => {
  const { moments } = summary(4)
  const starts = beginnings(talk)
  const parts = starts.map((start, i) => ({ start, end: starts[i + 1] ?? Number.POSITIVE_INFINITY }))
  for (const part of parts) expect(moments.some((moment) => overlapOf(moment, part) > 5)).toBe(true)
})

it('tells it in order of time, and says how well each sums up', () => {
  const { moments } = summary(6)
  expect(moments).toHaveLength(6)
  expect(moments.map(({ rank }) => rank)).toEqual([1, 2, 3, 4, 5, 6])
  for (const [i, moment] of moments.entries()) {
    expect(moment.start).toBeGreaterThanOrEqual(moments[i - 1]?.end ?? 0)
    expect(moment.score).toBeGreaterThanOrEqual(0)
  }
})

it('says why there are fewer', () => {
  const { moments, shortfall } = summary(90)
  expect(moments.length).toBeLessThan(90)
  expect(shortfall).toMatch(/of the 90 asked for/)
  expect(summary(3, [])).toMatchObject({ moments: [], shortfall: expect.stringContaining('no speech') })
})
