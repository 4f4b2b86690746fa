import { expect, it } from 'vitest'
import { placeBorders } from './place-borders.ts'

const sentences = Array.from({ length: 100 }, (_, i) => ({
  start: i * 10,
  end: i * 10 + 9,
  firstWord: i,
  lastWord: i,
  speaker: null,
  text: 'word',
  opens: 'sentence' as const,
  closes: 'sentence' as const,
}))
const recording = { sentences, duration: 1000 }
const weights = (peaks: Record<number, number>) => Float64Array.from(sentences, (_, i) => peaks[i] ?? 0.01)

it('takes the peaks, in order', () => {
  expect(placeBorders(recording, weights({ 70: 0.4, 30: 0.6 }), { gap: 120, threshold: 0.2 })).toEqual([30, 70])
})

it('keeps borders apart, the better one first', () => {
  expect(placeBorders(recording, weights({ 30: 0.5, 38: 0.6 }), { gap: 120, threshold: 0.2 })).toEqual([38])
})

it('adds up what lies close together', () => {
  expect(placeBorders(recording, weights({ 50: 0.15, 51: 0.15, 49: 0.15 }), { gap: 120, threshold: 0.2 })).toEqual([50])
  expect(placeBorders(recording, weights({ 50: 0.15 }), { gap: 120, threshold: 0.2 })).toEqual([])
})

it('sets none at the edges', () => {
  expect(placeBorders(recording, weights({ 0: 1, 2: 1, 99: 1 }), { gap: 120, threshold: 0.2 })).toEqual([])
})
