import { describe, expect, test } from 'vitest'
import { allowedOffsets } from './allowed-offsets.ts'
import { chooseOpening, type OpeningFrame } from './choose-opening.ts'

const frames = (first: number, sharpness: number[], eyes: number[] = []): OpeningFrame[] =>
  sharpness.map((value, i) => ({ offset: first + i, sharpness: value, eyes: eyes.length > 0 ? [eyes[i] ?? 0] : [] }))

describe('the first picture', () => {
  test('stays when it is as good as its neighbours', () => {
    expect(chooseOpening(frames(-2, [10, 9, 8, 10, 9]))).toEqual({ frames: 0, reason: null })
    expect(chooseOpening(frames(0, [10, 10, 10], [6, 6.5, 7]))).toEqual({ frames: 0, reason: null })
    expect(chooseOpening([])).toEqual({ frames: 0, reason: null })
  })

  test('blurred: the nearest sharp one, of two as near the later', () => {
    expect(chooseOpening(frames(0, [3, 4, 9, 10]))).toEqual({
      frames: 2,
      reason: 'Its first picture was blurred, so the clip begins 2 frames later.',
    })
    expect(chooseOpening(frames(-3, [10, 10, 4, 3, 4, 10]))).toMatchObject({ frames: 2 })
    expect(chooseOpening(frames(-3, [10, 10, 10, 3, 4, 10]))).toMatchObject({ frames: -1 })
  })

  test('eyes closed: the nearest one in which they are open, and which is sharp', () => {
    expect(chooseOpening(frames(0, [10, 10, 10, 10], [5, 5, 9.5, 10]))).toMatchObject({ frames: 2 })
    expect(chooseOpening(frames(0, [10, 10, 3, 10], [5, 5, 9.5, 10]))).toMatchObject({ frames: 3 })
  })

  test('stays where nothing near is good: a blink when everything else is blurred', () => {
    expect(chooseOpening(frames(0, [10, 2, 2, 2], [5, 10, 10, 10]))).toEqual({ frames: 0, reason: null })
  })

  test('one pair of eyes that closes is enough, among several people', () => {
    const two = [0, 1, 2].map((offset) => ({ offset, sharpness: 10, eyes: [9, offset === 0 ? 4 : 9] }))
    expect(chooseOpening(two)).toMatchObject({ frames: 1 })
  })
})

describe('where a clip may begin', () => {
  const range = { start: 10, end: 30, rate: 25 }
  const word = (start: number, end: number) => ({ start, end })

  test('never inside its first word', () => {
    expect(allowedOffsets({ ...range, words: [word(10.05, 10.4)] })).toEqual({ earliest: 0, latest: 0 })
    expect(allowedOffsets({ ...range, words: [word(10.2, 10.4)] })).toEqual({ earliest: 0, latest: 4 })
    expect(allowedOffsets({ ...range, words: [word(9.9, 10.4)] })).toEqual({ earliest: 0, latest: 0 })
  })

  test('not farther than 0.3 s, and earlier only in a silence that is known', () => {
    expect(allowedOffsets({ ...range, words: [word(12, 13)] })).toEqual({ earliest: 0, latest: 7 })
    expect(allowedOffsets({ ...range, words: [word(8, 9), word(12, 13)] })).toEqual({ earliest: -7, latest: 7 })
    expect(allowedOffsets({ ...range, words: [word(9, 9.8), word(12, 13)] })).toEqual({ earliest: -4, latest: 7 })
    expect(allowedOffsets({ ...range, words: [word(9, 9.99), word(12, 13)] })).toEqual({ earliest: 0, latest: 7 })
  })

  test('not before the recording, and not where hardly anything would be left', () => {
    expect(allowedOffsets({ start: 0.1, end: 30, rate: 25, words: [] })).toEqual({ earliest: -2, latest: 7 })
    expect(allowedOffsets({ start: 0, end: 2, rate: 25, words: [] })).toEqual({ earliest: 0, latest: 0 })
  })
})
