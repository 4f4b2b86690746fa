import { expect, it } from 'vitest'
import { candidateRecall } from './candidate-recall.ts'

it('counts the labels that some candidate is near enough to', () => {
  const candidates = [
    { start: 0, end: 20 },
    { start: 100, end: 160 },
  ]
  const labels = [
    { start: 5, end: 25 },
    { start: 12, end: 32 },
    { start: 110, end: 120 },
    { start: 300, end: 320 },
  ]
  expect(candidateRecall(candidates, labels)).toEqual({ labels: 4, atHalfUnion: 1, atHalfShorter: 2 })
  expect(candidateRecall([], labels)).toEqual({ labels: 4, atHalfUnion: 0, atHalfShorter: 0 })
  expect(candidateRecall(candidates, [{ start: 50, end: 50 }])).toEqual({ labels: 1, atHalfUnion: 0, atHalfShorter: 0 })
})
