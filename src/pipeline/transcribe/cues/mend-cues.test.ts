import { describe, expect, test } from 'vitest'
import type { Cue } from '../transcriber.ts'
import { mendCues } from './mend-cues.ts'

const cue = (start: number, end: number, text = 'some words here', words: Cue['words'] = null): Cue => ({
  start,
  end,
  text,
  speaker: null,
  words,
})
const mend = (cues: Cue[], duration = 100) => mendCues(cues, { duration })
const spans = (cues: Cue[], duration = 100) => mend(cues, duration).cues.map(({ start, end }) => [start, end])

test('good cues are left alone', () => {
  const cues = [cue(1, 2), cue(2, 4), cue(6, 8)]
  expect(mend(cues)).toEqual({ cues, warnings: [] })
})

test('out of order', () => {
  const { cues, warnings } = mend([cue(5, 6, 'b'), cue(1, 2, 'a')])
  expect(cues.map(({ text }) => text)).toEqual(['a', 'b'])
  expect(warnings).toEqual(['Cue out of order was put in its place: 0:01.'])
})

test('an overlap ends where the next begins', () => {
  const { cues, warnings } = mend([cue(1, 6), cue(4, 8)])
  expect(cues.map(({ start, end }) => [start, end])).toEqual([
    [1, 4],
    [4, 8],
  ])
  expect(warnings).toEqual(['Cue that ran into the next one was cut: 0:01.'])
})

test('two at the same time share it by length of text', () => {
  expect(spans([cue(1, 4, 'aaaaaaaaaa'), cue(1, 4, 'bbbbbbbbbbbbbbbbbbbb')])).toEqual([
    [1, 2],
    [2, 4],
  ])
})

test('the same cue twice is one', () => {
  expect(spans([cue(1, 4), cue(1, 4), cue(4, 5)])).toHaveLength(2)
})

describe('spans that cannot be', () => {
  test('backwards and empty ones get the time their words need', () => {
    const { cues, warnings } = mend([cue(5, 3), cue(10, 10)])
    for (const { start, end } of cues) expect(end - start).toBeGreaterThan(0.5)
    expect(warnings).toEqual(['Cue that ends before it begins got a length by its words: 0:05, 0:10.'])
  })

  test('negative ones begin at 0', () => {
    const { cues, warnings } = mend([cue(-3, -1), cue(-1, 2)])
    expect(cues.map(({ start, end }) => [start, end])).toEqual([[0, 2]])
    expect(warnings).toEqual([
      'Cue before the start of the recording dropped: -0:03.',
      'Cue with a negative time begins at 0: -0:01.',
    ])
  })

  test('ten hours for three words', () => {
    const { cues, warnings } = mend([cue(1, 36001), cue(50, 52)])
    expect(cues[0]?.end).toBeLessThan(10)
    expect(cues[1]).toMatchObject({ start: 50, end: 52 })
    expect(warnings).toEqual(['Cue far too long for its words was shortened: 0:01.'])
  })

  test('a minute for a paragraph is fine', () => {
    expect(spans([cue(0, 60, 'word '.repeat(80).trim())])).toEqual([[0, 60]])
  })

  test('NaN is nothing', () => {
    expect(spans([cue(Number.NaN, 4), cue(1, Number.POSITIVE_INFINITY), cue(1, 2)])).toEqual([[1, 2]])
  })

  test('too many words last until the next cue, or are dropped', () => {
    const many = 'word '.repeat(40).trim()
    expect(spans([cue(0, 0.5, many), cue(4, 6)])[0]).toEqual([0, 1.99])
    const { cues, warnings } = mend([cue(0, 0.5, many), cue(0.5, 6, 'word '.repeat(60).trim())])
    expect(cues).toHaveLength(1)
    expect(warnings).toEqual(['Cue with more words than its time can hold dropped: 0:00.'])
  })
})

describe('the end of the recording', () => {
  test('cues are clamped to it, later ones dropped', () => {
    const { cues, warnings } = mend([cue(1, 3), cue(5, 7), cue(98, 104), cue(101, 103)])
    expect(cues.at(-1)).toMatchObject({ start: 98, end: 100 })
    expect(warnings).toEqual(['Cue beyond the end of the recording dropped: 1:41.'])
  })

  test('a transcript of something longer does not fit, and says by how much', () => {
    const cues = Array.from({ length: 100 }, (_, index) => cue(index * 10, index * 10 + 5))
    expect(() => mend(cues, 300)).toThrow(
      'it runs to 16:30, the recording ends at 5:00, and 70 % of the text lies beyond that.',
    )
    expect(() => mend(cues, 300)).toThrow(expect.objectContaining({ code: 'TRANSCRIPT_DOES_NOT_FIT' }))
    expect(mend(cues, 600).cues).toHaveLength(60)
  })

  test('one ten-hour cue at the end is no reason to refuse', () => {
    expect(spans([cue(1, 3), cue(90, 36000)])[1]?.[1]).toBeLessThan(100)
  })
})

test('all text at one instant is refused rather than spread by guess', () => {
  const cues = Array.from({ length: 500 }, (_, index) => cue(0, 0, `cue number ${index}`))
  expect(() => mend(cues)).toThrow(expect.objectContaining({ code: 'TRANSCRIPT_UNREADABLE' }))
})

test('people who talk over each other: words stand as they are heard, with their exact times', () => {
  const word = (text: string, start: number, end: number) =>
    ({ text, start, end, confidence: null, timing: 'exact' }) as const
  const ann = {
    ...cue(0, 4, 'well I think so', [word('well', 0, 1), word('I', 1, 1.2), word('think', 2, 3), word('so', 3, 4)]),
    speaker: 'Ann',
  }
  const bob = { ...cue(1.4, 1.9, 'yeah', [word('yeah', 1.4, 1.9)]), speaker: 'Bob' }
  expect(mend([ann, bob]).cues.map(({ speaker, text, start }) => [speaker, text, start])).toEqual([
    ['Ann', 'well I', 0],
    ['Bob', 'yeah', 1.4],
    ['Ann', 'think so', 2],
  ])
})
