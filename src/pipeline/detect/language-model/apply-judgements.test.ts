import { describe, expect, it } from 'vitest'
import { applyJudgements } from './apply-judgements.ts'

interface Span {
  start: number
  end: number
  firstSentence: number
  lastSentence: number
}

/** Ten sentences of a second each, from the one named. */
const span = (firstSentence: number, lastSentence = firstSentence + 9): Span => ({
  firstSentence,
  lastSentence,
  start: firstSentence,
  end: lastSentence + 1,
})
const pool = [span(20), span(0), span(40)].map((candidate, i) => ({ candidate, score: 0.9 - 0.2 * i }))
const judgement = (lastSentence: number, firstSentence: number) => ({
  firstSentence,
  lastSentence,
  rank: 1,
  title: `ends at ${lastSentence}`,
  hook: '',
  reason: '',
})
const apply = (judgements: ReturnType<typeof judgement>[], count = 3, longest = 15) =>
  applyJudgements({
    pool,
    judgements,
    count,
    begunAt: (candidate, first) =>
      candidate.end - first > longest ? null : { ...candidate, firstSentence: first, start: first },
  })
const outline = (judged: ReturnType<typeof apply>) =>
  judged.map(({ candidate, score, judgement: said }) => [
    candidate.firstSentence,
    candidate.lastSentence,
    score,
    said?.title ?? null,
  ])

describe('applyJudgements', () => {
  it('puts the pool in the order of the model, with scores that still fall', () => {
    expect(outline(apply([judgement(49, 40), judgement(29, 20)]))).toEqual([
      [40, 49, 0.9, 'ends at 49'],
      [20, 29, 0.7, 'ends at 29'],
      [0, 9, 0.5, null],
    ])
  })

  it('keeps the first ones when more are asked for', () => {
    const said = [judgement(49, 36), judgement(9, 0)]
    expect(apply(said, 1)).toEqual(apply(said, 3).slice(0, 1))
  })

  it('moves a start earlier and leaves the end', () => {
    expect(outline(apply([judgement(49, 36)], 1))).toEqual([[36, 49, 0.9, 'ends at 49']])
  })

  it('does not move it so far that the clip gets too long', () => {
    expect(outline(apply([judgement(49, 30)], 1))).toEqual([[40, 49, 0.9, 'ends at 49']])
  })

  it('does not move it into a better one, and leaves out what a better one has taken', () => {
    const close = [span(0), span(10), span(20)].map((candidate) => ({ candidate, score: 0.5 }))
    const begunAt = (candidate: Span, first: number) => ({ ...candidate, firstSentence: first, start: first })
    const at = (judgements: ReturnType<typeof judgement>[]) =>
      applyJudgements({ pool: close, judgements, count: 3, begunAt }).map(({ candidate }) => candidate.firstSentence)
    expect(at([judgement(9, 0), judgement(19, 5)])).toEqual([0, 10, 20])
    expect(at([judgement(19, 5), judgement(9, 0)])).toEqual([5, 20])
  })

  it('never takes a start that is later, and nothing that is not in the pool', () => {
    expect(outline(apply([judgement(49, 45), judgement(33, 20), judgement(1e9, 0)], 2))).toEqual([
      [40, 49, 0.9, 'ends at 49'],
      [20, 29, 0.7, null],
    ])
  })

  it('is the pool when nothing was judged', () => {
    expect(outline(apply([]))).toEqual([
      [20, 29, 0.9, null],
      [0, 9, 0.7, null],
      [40, 49, 0.5, null],
    ])
  })
})
