import { expect, test } from 'vitest'
import { type Estimate, estimateTimeLeft } from './estimate-time-left.ts'

/** Looks every `every` seconds at a progress that is `fractionAt(second)`. */
function watch(fractionAt: (second: number) => number, { until, every = 0.5 }: { until: number; every?: number }) {
  let estimate: Estimate | null = null
  for (let look = 0; look * every <= until; look += 1) {
    const second = look * every
    estimate = estimateTimeLeft(estimate, { at: 1_000_000 + second * 1000, fraction: fractionAt(second) })
  }
  return estimate?.secondsLeft ?? null
}

test('an even pace is told exactly, however often one looks', () => {
  expect(watch((s) => s / 100, { until: 40 })).toBeCloseTo(60, 3)
  expect(watch((s) => s / 100, { until: 40, every: 0.1 })).toBeCloseTo(60, 3)
})

test('no guess in the first moments, nor before anything moved', () => {
  expect(watch((s) => s / 10, { until: 1 })).toBeNull()
  expect(watch(() => 0, { until: 60 })).toBeNull()
  expect(watch((s) => s / 100_000, { until: 60 })).toBeNull()
})

test('one burst hardly moves it; a lasting change does', () => {
  const even = (s: number) => s / 200
  const burst = watch((s) => even(s) + (s >= 60 ? 0.02 : 0), { until: 60 })
  expect(burst).toBeGreaterThan(70)
  const twiceAsFast = watch((s) => (s < 60 ? even(s) : 0.3 + (s - 60) / 100), { until: 100 })
  expect(twiceAsFast).toBeGreaterThan(28)
  expect(twiceAsFast).toBeLessThan(33)
})

test('a standstill makes it longer, not shorter', () => {
  const before = watch((s) => s / 100, { until: 40 })
  const after = watch((s) => Math.min(0.4, s / 100), { until: 50 })
  expect(after).toBeGreaterThan(before ?? Number.POSITIVE_INFINITY)
})

test('a second attempt starts afresh', () => {
  const first = estimateTimeLeft(
    { since: 0, at: 9000, fraction: 0.9, weightedRate: 0.1, weight: 1, secondsLeft: 1 },
    { at: 9500, fraction: 0 },
  )
  expect(first).toEqual({ since: 9500, at: 9500, fraction: 0, weightedRate: 0, weight: 0, secondsLeft: null })
})

test('steps of coarse progress do not make it swing', () => {
  // Progress that moves in jumps of 5 % each five seconds, looked at twice a second.
  const early = [5, 6, 7, 8, 9].map((until) => watch((s) => Math.floor(s / 5) * 0.05, { until }) ?? 0)
  expect(Math.min(...early)).toBeGreaterThan(60)
  const lefts = [60, 61, 62, 63, 64].map((until) => watch((s) => Math.floor(s / 5) * 0.05, { until }) ?? 0)
  expect(Math.max(...lefts) / Math.min(...lefts)).toBeLessThan(1.7)
})
