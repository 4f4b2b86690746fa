import { expect, test } from 'vitest'
import { estimateWordTimes } from './estimate-word-times.ts'

const text = 'one two three, four'

test('words fill the cue in order, by length, marked as estimated', () => {
  const words = estimateWordTimes({ start: 10, end: 12, text: 'a extraordinarily b' })
  expect(words.map((word) => word.text)).toEqual(['a', 'extraordinarily', 'b'])
  expect(words[0]?.start).toBe(10)
  expect(words[2]?.end).toBe(12)
  const [a, long] = words.map(({ start, end }) => end - start)
  expect(long).toBeGreaterThan(3 * (a ?? 0))
  expect(words.every(({ timing, confidence }) => timing === 'estimated' && confidence === null)).toBe(true)
})

test('punctuation takes a breath', () => {
  const [, , three, four] = estimateWordTimes({ start: 0, end: 2, text })
  expect((four?.start ?? 0) - (three?.end ?? 0)).toBeGreaterThan(0.05)
})

test('no word is put into a silence', () => {
  const silences = [
    { start: 0, end: 4 },
    { start: 10.5, end: 11.5 },
    { start: 12.5, end: 20 },
  ]
  const words = estimateWordTimes({ start: 10, end: 13, text }, { silences })
  for (const { start, end } of words) {
    expect(end).toBeGreaterThan(start)
    expect((end <= 10.5 || start >= 11.5) && end <= 12.5).toBe(true)
  }
  expect(words.filter(({ end }) => end <= 10.5).length).toBeGreaterThan(0)
  expect(words.filter(({ start }) => start >= 11.5).length).toBeGreaterThan(0)
})

test('a silence over the whole cue cannot be right, and is not heeded', () => {
  const words = estimateWordTimes({ start: 10, end: 12, text }, { silences: [{ start: 9, end: 13 }] })
  expect([words[0]?.start, words.at(-1)?.end]).toEqual([10, 12])
})

test('a caption left standing is said at its start', () => {
  expect(estimateWordTimes({ start: 0, end: 20, text: 'Yes.' })[0]?.end).toBeLessThan(1.5)
})

test('Japanese is split into words', () => {
  const words = estimateWordTimes({ start: 0, end: 2, text: '今日は元気です。' }, { language: 'ja' })
  expect(words.length).toBeGreaterThan(2)
  expect(words.map((word) => word.text).join('')).toBe('今日は元気です。')
})

test('nothing to say', () => {
  expect(estimateWordTimes({ start: 0, end: 2, text: ' ... ' })).toEqual([])
})
