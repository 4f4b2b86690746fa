import { describe, expect, it } from 'vitest'
import { seededRandom } from '../../domain/seeded-random.ts'
import { roundTimeLeft, sayTimeLeft, timeLeft } from './time-left.ts'

describe('the time a step has left', () => {
  it.each([
    ['nothing is done and nothing is known', { fraction: 0, elapsed: 10, expected: null }, null],
    ['too little is done to tell', { fraction: 0.04, elapsed: 10, expected: null }, null],
    ['too little time has passed to tell', { fraction: 0.3, elapsed: 1, expected: null }, null],
    ['its own pace is known', { fraction: 0.5, elapsed: 30, expected: null }, 30],
    ['others like it are known', { fraction: 0, elapsed: 1, expected: 40 }, 40],
    ['its own pace is not yet to be trusted', { fraction: 0.2, elapsed: 10, expected: 100 }, 60],
    ['its own pace is to be trusted', { fraction: 0.5, elapsed: 30, expected: 300 }, 30],
    ['it is much slower than others', { fraction: 0, elapsed: 61, expected: 40 }, null],
    ['it is done', { fraction: 1, elapsed: 61, expected: 40 }, 0],
    ['more is done than there is', { fraction: 1.2, elapsed: 61, expected: 40 }, 0],
    ['its machine is ahead of ours', { fraction: 0.5, elapsed: -5, expected: null }, null],
    ['it would take days', { fraction: 0.05, elapsed: 100_000, expected: null }, null],
    ['numbers are broken', { fraction: Number.NaN, elapsed: 10, expected: null }, null],
  ])('when %s', (_, pace, left) => {
    expect(timeLeft(pace)).toEqual(left === null ? null : expect.closeTo(left, 6))
  })

  it('does not jump about while a step goes on unevenly', () => {
    const random = seededRandom(7)
    let [fraction, elapsed, before] = [0, 0, Number.POSITIVE_INFINITY]
    let [up, most] = [0, 0]
    while (fraction < 1) {
      elapsed += 0.5
      fraction += 0.01 * (0.5 + random())
      const left = timeLeft({ fraction, elapsed, expected: 60 })
      expect(left).toBeGreaterThanOrEqual(0)
      const shown = roundTimeLeft(left ?? Number.NaN)
      most = Math.max(most, shown - before)
      if (shown > before) up++
      before = shown
    }
    expect(up).toBeLessThanOrEqual(5)
    expect(most).toBeLessThanOrEqual(5)
  })
})

it.each([
  [0, '1 s'],
  [0.4, '1 s'],
  [12.4, '12 s'],
  [38, '40 s'],
  [89, '90 s'],
  [95, '2 min'],
  [540, '9 min'],
  [3590, '1 h'],
  [5000, '1 h 20 min'],
])('%d s are said as %s', (seconds, words) => {
  expect(sayTimeLeft(roundTimeLeft(seconds))).toBe(words)
})
