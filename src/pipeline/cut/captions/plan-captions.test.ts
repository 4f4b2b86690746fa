import { expect, test } from 'vitest'
import type { Segment } from '../../../domain/transcript.ts'
import { wordsOfClip } from './plan-captions.ts'

function segment(ordinal: number, speaker: string | null, words: [string, number, number][]): Segment {
  return {
    ordinal,
    speaker,
    text: words.map(([text]) => text).join(' '),
    start: words[0]?.[1] ?? 0,
    end: words.at(-1)?.[2] ?? 0,
    words: words.map(([text, start, end]) => ({ text, start, end, confidence: null, timing: 'exact' })),
  }
}

const segments = [
  segment(0, 'Ann', [
    ['one', 10, 10.5],
    ['two', 10.5, 11],
    ['three', 11, 12],
  ]),
  segment(1, 'Bob', [
    ['four', 12, 12.4],
    ['five', 12.4, 13],
  ]),
]

test('moves words into the time of the clip and keeps who says them', () => {
  expect(wordsOfClip({ segments, ranges: [{ start: 10.5, end: 12.4 }] })).toEqual([
    { text: 'two', start: 0, end: 0.5, speaker: 'Ann' },
    { text: 'three', start: 0.5, end: 1.5, speaker: 'Ann' },
    { text: 'four', start: 1.5, end: 1.9, speaker: 'Bob' },
  ])
})

test('follows the order of the ranges, not of the recording', () => {
  const ranges = [
    { start: 12, end: 13 },
    { start: 10, end: 11 },
  ]
  expect(wordsOfClip({ segments, ranges }).map(({ text, start }) => [text, start])).toEqual([
    ['four', 0],
    ['five', 0.4],
    ['one', 1],
    ['two', 1.5],
  ])
})

test('keeps a word cut by a border when half of it is heard, shortened', () => {
  expect(wordsOfClip({ segments, ranges: [{ start: 11.4, end: 12.1 }] })).toEqual([
    { text: 'three', start: 0, end: 0.6, speaker: 'Ann' },
  ])
})

test('says a word across two touching ranges once, in full', () => {
  const ranges = [
    { start: 11, end: 11.5 },
    { start: 11.5, end: 12 },
  ]
  expect(wordsOfClip({ segments, ranges })).toEqual([{ text: 'three', start: 0, end: 1, speaker: 'Ann' }])
})

test('keeps words without length, and has none for no ranges', () => {
  const instant = [segment(0, null, [['now', 5, 5]])]
  expect(wordsOfClip({ segments: instant, ranges: [{ start: 5, end: 6 }] })).toHaveLength(1)
  expect(wordsOfClip({ segments: instant, ranges: [{ start: 4, end: 5 }] })).toEqual([])
  expect(wordsOfClip({ segments, ranges: [] })).toEqual([])
})
