import { expect, test } from 'vitest'
import type { TimeRange } from '../../../domain/time-range.ts'
import { planWindows } from './plan-windows.ts'

const span = (start: number, end: number): TimeRange => ({ start, end })

test('a short recording is one window', () => {
  expect(planWindows({ duration: 20, silences: [], longest: 30 })).toEqual([{ start: 0, end: 20, overlap: 0 }])
})

test('a silent recording has none', () => {
  expect(planWindows({ duration: 3600, silences: [span(0, 3600)], longest: 30 })).toEqual([])
})

test('a silence earlier in the window is better than none', () => {
  const silences = [span(5, 9), span(14, 14.4), span(17, 18)]
  const windows = planWindows({ duration: 45, silences, longest: 30 })
  expect(windows.map(({ start, end, overlap }) => [start, end, overlap])).toEqual([
    [0, 17.5, 0],
    [17.5, 45, 0],
  ])
})

test('windows are cut in the longest silence of their last quarter', () => {
  const silences = [span(5, 9), span(18, 20), span(22.6, 23.6), span(28, 28.5)]
  expect(planWindows({ duration: 45, silences, longest: 30 })).toEqual([
    { start: 0, end: 23.1, overlap: 0 },
    { start: 23.1, end: 45, overlap: 0 },
  ])
})

test('without a silence windows share a few seconds', () => {
  const windows = planWindows({ duration: 100, silences: [], longest: 30 })
  expect(windows.map(({ start, end }) => [start, end])).toEqual([
    [0, 30],
    [25, 55],
    [50, 80],
    [75, 100],
  ])
  expect(windows.map(({ overlap }) => overlap)).toEqual([0, 5, 5, 5])
})

test('long silences are in no window, short ones and breaths are', () => {
  const silences = [span(0, 12), span(20, 21), span(40, 60), span(70, 90)]
  expect(planWindows({ duration: 90, silences, longest: 60 })).toEqual([
    { start: 11.7, end: 40.3, overlap: 0 },
    { start: 59.7, end: 70.3, overlap: 0 },
  ])
})

test('a click between two silences is not heard, a word is', () => {
  const silences = [span(0, 30), span(30.05, 60), span(60.5, 100)]
  const windows = planWindows({ duration: 100, silences, longest: 30 })
  expect(windows).toEqual([{ start: 59.7, end: 60.8, overlap: 0 }])
})

test.each([0.07, 7, 29.9999, 4000.0004, 43_200])(
  'everything of %d s without silence is in a window, none too long',
  (duration) => {
    const longest = 25
    const windows = planWindows({ duration, silences: [], longest })
    let reached = 0
    for (const { start, end, overlap } of windows) {
      expect(start).toBeCloseTo(reached - overlap, 6)
      expect(end - start).toBeLessThanOrEqual(longest + 0.001)
      expect(end).toBeLessThanOrEqual(duration)
      reached = end
    }
    if (duration > 0.1) expect(duration - reached).toBeLessThan(0.001)
  },
)

test('twelve hours with a breath each four seconds take no time to plan', () => {
  const silences = Array.from({ length: 10_800 }, (_, index) => span(index * 4 + 3, index * 4 + 3.6))
  const windows = planWindows({ duration: 43_200, silences, longest: 30 })
  expect(windows.every(({ overlap }) => overlap === 0)).toBe(true)
  expect(windows.length).toBeLessThan(43_200 / 15)
})
