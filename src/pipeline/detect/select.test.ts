import { describe, expect, it } from 'vitest'
import { overlapOf } from '../../domain/time-range.ts'
import { type Selectable, select } from './select.ts'

/** Candidates every ten seconds, 25 long, with scores that look random and aren't. */
const crowd: Selectable[] = Array.from({ length: 200 }, (_, i) => ({
  start: i * 10,
  end: i * 10 + 25,
  firstSentence: i * 2,
  lastSentence: i * 2 + 4,
  score: ((i * 7919) % 997) / 997,
  fit: true,
}))
const topic = (a: Selectable, b: Selectable): number => (a.start % 70 === b.start % 70 ? 0.8 : 0.1)
const choose = (count: number, candidates = crowd, similarity = topic, floor = 3) =>
  select({ candidates, count, floor, mode: 'highlights', similarity, frame: (candidate) => candidate })

describe('select', () => {
  it('keeps the first ones when more are asked for', () => {
    const many = choose(40)
    expect(many.length).toBe(40)
    for (const count of [1, 2, 3, 8, 10, 39]) expect(choose(count)).toEqual(many.slice(0, count))
  })

  it('never lets two overlap, and ranks by falling score', () => {
    const chosen = choose(60)
    for (const [i, a] of chosen.entries()) {
      for (const b of chosen.slice(i + 1)) expect(overlapOf(a.candidate, b.candidate)).toBe(0)
      expect(a.score).toBeLessThanOrEqual(chosen[i - 1]?.score ?? 1)
    }
  })

  it('prefers another subject to more of the same', () => {
    const at = (start: number, score: number): Selectable => ({
      start,
      end: start + 20,
      firstSentence: start,
      lastSentence: start,
      score,
      fit: true,
    })
    const candidates = [at(0, 0.9), at(300, 0.8), at(600, 0.75)]
    const same = (a: Selectable, b: Selectable) => (a.start + b.start === 300 ? 0.8 : 0)
    expect(choose(2, candidates, same).map(({ candidate }) => candidate.start)).toEqual([0, 600])
    expect(choose(2, candidates, () => 0).map(({ candidate }) => candidate.start)).toEqual([0, 300])
  })

  it('leaves out repeats and what is unfit, except to reach the floor', () => {
    const apart = crowd.filter((_, i) => i % 10 === 0)
    expect(choose(8, apart, () => 1)).toHaveLength(3)
    expect(choose(8, apart, () => 1, 1)).toHaveLength(1)
    const unfit = apart.map((candidate, i) => ({ ...candidate, fit: i % 4 === 0 }))
    expect(choose(20, unfit, () => 0).every(({ candidate }) => candidate.fit)).toBe(true)
    const none = apart.map((candidate) => ({ ...candidate, fit: false }))
    expect(choose(8, none, () => 0)).toHaveLength(3)
  })

  it('shows a place in its frame, and keeps the next ones clear of it', () => {
    const [place, near, far] = [crowd[0], crowd[3], crowd[9]].map((candidate, i) => ({
      ...(candidate as Selectable),
      score: 0.9 - i / 10,
    })) as [Selectable, Selectable, Selectable]
    const wider = (candidate: Selectable) => ({
      ...candidate,
      end: candidate.end + 20,
      lastSentence: candidate.lastSentence + 4,
    })
    const chosen = select({
      candidates: [place, near, far],
      count: 3,
      floor: 1,
      mode: 'viral',
      similarity: () => 0,
      frame: wider,
    })
    expect(chosen.map(({ candidate }) => [candidate.start, candidate.end])).toEqual([
      [0, 45],
      [90, 135],
    ])
    // A frame that reaches into another is given up.
    const back = (candidate: Selectable) => ({
      ...candidate,
      start: candidate.start - 60,
      firstSentence: candidate.firstSentence - 12,
    })
    const kept = select({
      candidates: [place, near],
      count: 2,
      floor: 1,
      mode: 'viral',
      similarity: () => 0,
      frame: (c) => (c === near ? back(c) : c),
    })
    expect(kept.map(({ candidate }) => candidate.start)).toEqual([0, 30])
  })

  it('finds as much as looking at every candidate would', () => {
    // The search stops early; the same rule without stopping must choose the same.
    const exhaustive: number[] = []
    const costOf = (a: Selectable, b: Selectable) =>
      0.3 * topic(a, b) + 0.1 * Math.max(0, 1 - Math.max(a.start - b.end, b.start - a.end) / 90)
    for (let round = 0; round < 10; round++) {
      const chosen = exhaustive.map((i) => crowd[i] as Selectable)
      const values = crowd.map((candidate) =>
        chosen.some((other) => overlapOf(candidate, other) > 0)
          ? -1
          : candidate.score - Math.max(0, ...chosen.map((other) => costOf(candidate, other))),
      )
      exhaustive.push(values.indexOf(Math.max(...values)))
    }
    expect(choose(10).map(({ candidate }) => crowd.indexOf(candidate))).toEqual(exhaustive)
  })
})
