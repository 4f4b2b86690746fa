import { describe, expect, it } from 'vitest'
import { countTokens } from '../../count-tokens.ts'
import { divideIntoWindows } from './divide-into-windows.ts'
import { somePassages } from './passages-for-test.ts'
import { rankingPrompt } from './ranking-question.ts'

const passages = somePassages(40, (number) => `Sentence ${number} says ${'something about boats '.repeat(8)}.`)
const tokensOf = (list: typeof passages) => countTokens(rankingPrompt({ passages: list, mode: 'viral', wanted: 20 }))

describe('divideIntoWindows', () => {
  it('is one window when all fits', () => {
    expect(divideIntoWindows(passages, 60_000)).toEqual([passages])
    expect(divideIntoWindows([], 6000)).toEqual([[]])
  })

  it('keeps every window below the limit, every passage in one, and neighbours overlapping', () => {
    const windows = divideIntoWindows(passages, 4000)
    expect(windows.length).toBeGreaterThan(3)
    for (const window of windows) expect(tokensOf(window)).toBeLessThanOrEqual(4000)
    expect(new Set(windows.flat()).size).toBe(passages.length)
    for (const [i, window] of windows.slice(1).entries()) expect(windows[i]?.slice(-2)).toEqual(window.slice(0, 2))
  })

  it('gives a passage that is too long a window of its own, and goes on', () => {
    const windows = divideIntoWindows(passages.slice(0, 5), 1)
    expect(windows.map((window) => window.map(({ number }) => number))).toEqual([[1], [2], [3], [4], [5]])
  })
})
