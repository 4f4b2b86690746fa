import { expect, it } from 'vitest'
import { scoreCurve } from './score-curve.ts'

it('holds the best score at each step', () => {
  const candidates = [
    { start: 1.5, end: 4, score: 0.2 },
    { start: 3.2, end: 5, score: 0.7 },
  ]
  expect(scoreCurve({ candidates, duration: 6.5 })).toEqual({ step: 1, values: [0, 0.2, 0.2, 0.7, 0.7, 0, 0] })
})

it('has at most 600 points, however long', () => {
  const { step, values } = scoreCurve({ candidates: [{ start: 40_000, end: 40_060, score: 0.9 }], duration: 43_200 })
  expect([step, values.length]).toEqual([72, 600])
  expect(Math.max(...values)).toBe(0.9)
  expect(scoreCurve({ candidates: [], duration: 0 }).values).toEqual([])
})
