import { describe, expect, it } from 'vitest'
import type { Analysis } from '../../../domain/observation.ts'
import { overlapOf } from '../../../domain/time-range.ts'
import { findSignalMoments } from './find-signal-moments.ts'

const settings = { mode: 'viral', count: 3, minSeconds: 15, maxSeconds: 60 } as const

interface Happening extends Partial<Analysis> {
  loud?: { start: number; end: number; lufs: number }[]
  duration?: number
}

/** Half an hour at -30 LUFS with waves of 2 LU, and what happens in it. */
function recording({ loud = [], duration = 1800, ...more }: Happening = {}) {
  const values = Array.from({ length: duration * 2 }, (_, i) => {
    const time = i / 2
    return loud.find(({ start, end }) => time >= start && time < end)?.lufs ?? -30 + 2 * Math.sin(time / 7)
  })
  const analysis: Analysis = {
    scenes: [{ start: 0, end: duration }],
    loudness: { step: 0.5, values, integrated: -28 },
    silences: [],
    warnings: [],
    ...more,
  }
  return { analysis, duration }
}

it('finds where a crowd roars', () => {
  const loud = [
    { start: 400, end: 412, lufs: -8 },
    { start: 1500, end: 1506, lufs: -10 },
  ]
  const { moments, shortfall } = findSignalMoments({ ...recording({ loud }), settings })
  expect(moments).toHaveLength(3)
  expect(shortfall).toBeNull()
  const [first, second] = moments.slice(0, 2).toSorted((a, b) => a.start - b.start)
  expect(overlapOf(first ?? { start: 0, end: 0 }, { start: 400, end: 412 })).toBeGreaterThan(10)
  expect(overlapOf(second ?? { start: 0, end: 0 }, { start: 1500, end: 1506 })).toBeGreaterThan(4)
  expect(moments[0]?.reasons.map(({ text }) => text).join()).toMatch(/Louder than 9\d %|LU louder at once/)
  for (const { detector, confidence, text } of moments) {
    expect(detector.rung).toBe('signals')
    expect(confidence).toBeLessThanOrEqual(0.3)
    expect(text).toBe('')
  }
})

it('keeps the lengths, inside the recording, without overlaps', () => {
  const { moments } = findSignalMoments({ ...recording(), settings: { ...settings, count: 40 } })
  const inOrder = moments.toSorted((a, b) => a.start - b.start)
  expect(moments.length).toBeGreaterThan(10)
  for (const [i, { start, end }] of inOrder.entries()) {
    expect(end - start).toBeGreaterThanOrEqual(15)
    expect(end - start).toBeLessThanOrEqual(60)
    expect(start).toBeGreaterThanOrEqual(inOrder[i - 1]?.end ?? 0)
    expect(end).toBeLessThanOrEqual(1800)
  }
})

it('begins where sound begins and ends where it ends', () => {
  const silences = [
    { start: 600, end: 640 },
    { start: 665, end: 700 },
  ]
  const loud = [{ start: 640, end: 665, lufs: -9 }]
  const { moments } = findSignalMoments({
    ...recording({ loud, silences }),
    settings: { ...settings, maxSeconds: 30 },
  })
  expect(moments[0]).toMatchObject({ start: 640, end: 665 })
})

it('goes by the picture where there is no sound', () => {
  const quick = Array.from({ length: 12 }, (_, i) => ({ start: 900 + i * 2, end: 902 + i * 2 }))
  const scenes = [{ start: 0, end: 900 }, ...quick, { start: 924, end: 1800 }]
  const loudness = { step: 0.5, values: [], integrated: null }
  const { moments } = findSignalMoments({ ...recording({ scenes, loudness }), settings: { ...settings, count: 1 } })
  expect(overlapOf(moments[0] ?? { start: 0, end: 0 }, { start: 900, end: 924 })).toBeGreaterThan(8)
  expect(moments[0]?.reasons[0]?.text).toMatch(/cuts in the picture/)
})

it('takes a short recording as a whole', () => {
  const { moments, shortfall } = findSignalMoments({ ...recording({ duration: 9 }), settings })
  expect(moments).toMatchObject([{ start: 0, end: 9 }])
  expect(shortfall).toMatch(/1 of the 3/)
})

it('tells a summary in order of time', () => {
  const { moments } = findSignalMoments({ ...recording(), settings: { ...settings, mode: 'summary', count: 5 } })
  const starts = moments.map(({ start }) => start)
  expect(starts).toEqual(starts.toSorted((a, b) => a - b))
})

describe('says why there is nothing', () => {
  it.each([
    ['questions need words', { settings: { ...settings, mode: 'query' } }, /words/],
    ['chapters need words', { settings: { ...settings, mode: 'chapters' } }, /words/],
    ['all is silent', recording({ silences: [{ start: 0, end: 1800 }] }), /Nothing is heard/],
    [
      'neither sound nor cuts',
      recording({ loudness: { step: 0.5, values: [], integrated: null } }),
      /neither sound nor a cut/,
    ],
  ] as const)('%s', (_, change, reason) => {
    const { moments, shortfall } = findSignalMoments({ ...recording(), settings, ...change })
    expect(moments).toEqual([])
    expect(shortfall).toMatch(reason)
  })
})

it('is not put off by broken values', () => {
  const loudness = { step: 0.5, values: [Number.NaN, Number.POSITIVE_INFINITY, -70, -20], integrated: -20 }
  const { moments } = findSignalMoments({ ...recording({ loudness }), settings })
  for (const { start, end, score } of moments) expect([start, end, score].every(Number.isFinite)).toBe(true)
})

it('takes seconds for twelve hours', () => {
  const { moments } = findSignalMoments({
    ...recording({ duration: 12 * 3600 }),
    settings: { ...settings, count: 100 },
  })
  expect(moments).toHaveLength(100)
})
