import { describe, expect, it } from 'vitest'
import { mergeRankings } from './merge-rankings.ts'

const judged = (...ends: number[]) =>
  ends.map((end, i) => ({
    firstSentence: end - 2,
    lastSentence: end,
    rank: i + 1,
    title: `${end}`,
    hook: '',
    reason: '',
  }))
const ends = (...windows: { judgements: ReturnType<typeof judged>; size: number }[]) =>
  mergeRankings(windows).map(({ lastSentence }) => lastSentence)

describe('mergeRankings', () => {
  it('keeps the order of one window', () => {
    expect(ends({ judgements: judged(30, 10, 20), size: 5 })).toEqual([30, 10, 20])
  })

  it('takes turns between windows, by place among those compared', () => {
    expect(ends({ judgements: judged(10, 20), size: 4 }, { judgements: judged(50, 60), size: 4 })).toEqual([
      10, 50, 20, 60,
    ])
    // The second of ten has beaten more than the second of two.
    expect(ends({ judgements: judged(10, 20), size: 2 }, { judgements: judged(50, 60), size: 10 })).toEqual([
      10, 50, 60, 20,
    ])
  })

  it('counts once, where it did better, what two windows share', () => {
    const merged = mergeRankings([
      { judgements: judged(10, 20, 30), size: 3 },
      { judgements: judged(30, 40), size: 3 },
    ])
    expect(merged.map(({ lastSentence, rank }) => [lastSentence, rank])).toEqual([
      [10, 1],
      [30, 2],
      [20, 3],
      [40, 4],
    ])
  })
})
