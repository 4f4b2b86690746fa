import { expect, test } from 'vitest'
import { duckingExpression, findSpeech, planDips } from './duck-music.ts'

/** Windows of 50 ms at these levels, each for so many seconds. */
const levels = (...parts: [level: number, seconds: number][]) =>
  parts.flatMap(([level, seconds]) => Array.from({ length: seconds * 20 }, () => level))

test('speech is what is loud; a breath is part of it, a pause is not', () => {
  const speech = findSpeech(levels([-90, 1], [-20, 2], [-60, 0.5], [-22, 1], [-60, 3], [-18, 1]), 0.05)
  expect(speech.map(({ start, end }) => [start, end].map((time) => Math.round(time * 100) / 100))).toEqual([
    [1, 4.65],
    [7.5, 8.65],
  ])
})

test('a noise that never stops is not speech', () => {
  const speech = findSpeech(levels([-40, 3], [-20, 2], [-40, 3]), 0.05)
  expect(speech).toHaveLength(1)
  expect(speech[0]?.start).toBeCloseTo(3)
})

test('silence and nothing at all are no speech', () => {
  expect(findSpeech(levels([-120, 3]), 0.05)).toEqual([])
  expect(findSpeech([], 0.05)).toEqual([])
})

test('music is down before somebody speaks, and comes up slowly after', () => {
  expect(planDips([{ start: 3, end: 5 }])).toEqual([{ start: 2.75, low: 3, end: 5, high: 5.6 }])
})

test('the gain is an expression in decibels, the same for the same dips', () => {
  const dips = planDips([{ start: 1, end: 2 }])
  const expression = duckingExpression(dips, { gain: -14, depth: 10 })
  expect(expression).toBe('pow(10,(-14.00-10.00*(0+clip((t-(0.750))/0.250,0,1)-clip((t-(2.000))/0.600,0,1)))/20)')
  expect(duckingExpression([], { gain: 3, depth: 10 })).toBe('pow(10,(3.00)/20)')
})
