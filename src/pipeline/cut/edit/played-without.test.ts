import { expect, test } from 'vitest'
import type { TimeRange } from '../../../domain/time-range.ts'
import { playedWithout } from './played-without.ts'
import { nameOf, settleWords } from './settle-words.ts'

const range = (start: number, end: number): TimeRange => ({ start, end })
const say = (ranges: TimeRange[]) => ranges.map(({ start, end }) => `${start}-${end}`).join(' ')

test.each([
  ['a hole', [range(10, 20)], [range(12, 13)], '10-12 13-20'],
  ['both ends', [range(10, 20)], [range(9, 11), range(19, 30)], '11-19'],
  ['two that overlap', [range(10, 20)], [range(12, 14), range(13, 15)], '10-12 15-20'],
  ['a shred between two', [range(10, 20)], [range(12, 14), range(14.05, 15)], '10-12 15-20'],
  ['all of a range', [range(10, 20), range(1, 2)], [range(5, 25)], '1-2'],
  ['ranges in their order', [range(10, 20), range(1, 9)], [range(3, 12)], '12-20 1-3'],
  ['nothing', [range(10, 10.05)], [], '10-10.05'],
])('takes out %s', (_, ranges, removed, expected) => {
  expect(say(playedWithout(ranges, removed))).toBe(expected)
})

test('words that are still said stay in the captions, beside the cut and not across it', () => {
  const word = (text: string, start: number, end: number) => ({
    text,
    start,
    end,
    confidence: null,
    timing: 'estimated' as const,
  })
  const words = [
    word('one', 0, 1),
    word('um', 1, 1.5),
    word('two', 1.5, 4),
    word('three', 4, 4.4),
    word('four', 4.4, 6),
  ]
  const segment = { ordinal: 0, start: 0, end: 6, text: '', speaker: null, words }
  const gone = new Set([nameOf(word('um', 1, 1.5))])
  const [settled] = settleWords([segment], { words: gone, removed: [range(1, 1.5), range(2, 3), range(3.9, 4.5)] })
  expect(settled?.words.map(({ text, start, end }) => [text, start, end])).toEqual([
    ['one', 0, 1],
    ['two', 3, 3.9],
    ['three', 4.5, 4.6],
    ['four', 4.5, 6],
  ])
})
