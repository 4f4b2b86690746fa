import { expect, test } from 'vitest'
import { judgedMoments } from './judged-moments.ts'
import { verdictOn } from './verdicts-for-test.ts'

const sides = (...verdicts: Parameters<typeof verdictOn>[0][]) =>
  judgedMoments(verdicts.map(verdictOn)).map(({ liked, weight }) => [liked, weight])

test('of two verdicts on a moment the last one counts', () => {
  expect(sides({ verdict: { kind: 'keep' } }, { verdict: { kind: 'discard' } })).toEqual([[false, 1]])
  expect(sides({ verdict: { kind: 'discard' } }, { verdict: { kind: 'stars', stars: 4 } })).toEqual([[true, 0.5]])
})

test('moments are apart by recording and by span', () => {
  expect(sides({ at: 0 }, { at: 1 }, { at: 1, recordingId: 'other' })).toHaveLength(3)
})

test('three stars take back what was said', () => {
  expect(sides({ verdict: { kind: 'keep' } }, { verdict: { kind: 'stars', stars: 3 } })).toEqual([])
})

test('a trim says something where nothing was said, and softens nothing', () => {
  const trim = { verdict: { kind: 'trim' as const, range: { start: 1, end: 2 } } }
  expect(sides(trim)).toEqual([[true, 0.5]])
  expect(sides({ verdict: { kind: 'discard' } }, trim)).toEqual([[false, 1]])
  expect(sides({ verdict: { kind: 'stars', stars: 3 } }, trim)).toEqual([])
  expect(sides(trim, { verdict: { kind: 'discard' } })).toEqual([[false, 1]])
})

test('words change nothing', () => {
  expect(sides({ verdict: { kind: 'keep' } }, { verdict: { kind: 'comment', text: 'no!' } })).toEqual([[true, 1]])
})

test('a moment takes the place of its last verdict', () => {
  const judged = judgedMoments([verdictOn({ at: 1 }), verdictOn({ at: 2, by: 'ana' }), verdictOn({ at: 1, by: 'bo' })])
  expect(judged.map(({ by }) => by)).toEqual(['ana', 'bo'])
})
