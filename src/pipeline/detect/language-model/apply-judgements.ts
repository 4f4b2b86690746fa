import { overlapOf, type TimeRange } from '../../../domain/time-range.ts'
import type { Judgement } from './judgement.ts'

interface Span extends TimeRange {
  firstSentence: number
  lastSentence: number
}

export interface Judged<T> {
  candidate: T
  /** 0 to 1. */
  score: number
  /** Null for what the model did not name. */
  judgement: Judgement | null
}

interface ApplyInput<T extends Span> {
  /** The ranker's best, best first, none overlapping another. */
  pool: readonly { candidate: T; score: number }[]
  /** Best first. */
  judgements: readonly Judgement[]
  count: number
  /** The same span begun at an earlier sentence; null when it may not begin there. */
  begunAt: (candidate: T, firstSentence: number) => T | null
}

/**
 * The pool in the model's order, then what it did not name in the ranker's. A model says what is better than what, not by how much: the
 * scores stay those of the pool, dealt out anew from the best down. A span may begin earlier where the model says so, as long as that
 * takes nothing from a better one; its end never moves. Judgements of spans that are not in the pool change nothing.
 */
export function applyJudgements<T extends Span>({ pool, judgements, count, begunAt }: ApplyInput<T>): Judged<T>[] {
  const scores = pool.map(({ score }) => score).sort((a, b) => b - a)
  const chosen: Judged<T>[] = []
  for (const { candidate, judgement } of inOrder(pool, judgements)) {
    if (chosen.length >= count) break
    const earlier = judgement !== null && judgement.firstSentence < candidate.firstSentence
    const moved = earlier ? begunAt(candidate, judgement.firstSentence) : null
    const free = [moved, candidate].find(
      (span) => span !== null && !chosen.some((other) => overlap(span, other.candidate)),
    )
    if (!free) continue
    chosen.push({ candidate: free, score: scores[chosen.length] ?? 0, judgement })
  }
  return chosen
}

function inOrder<T extends Span>(pool: readonly { candidate: T }[], judgements: readonly Judgement[]) {
  // No two of the pool overlap, so the last sentence names one.
  const byEnd = new Map(pool.map(({ candidate }) => [candidate.lastSentence, candidate]))
  const ordered: { candidate: T; judgement: Judgement | null }[] = []
  for (const judgement of judgements) {
    const candidate = byEnd.get(judgement.lastSentence)
    if (candidate === undefined) continue
    byEnd.delete(judgement.lastSentence)
    ordered.push({ candidate, judgement })
  }
  for (const candidate of byEnd.values()) ordered.push({ candidate, judgement: null })
  return ordered
}

function overlap(a: Span, b: Span): boolean {
  return overlapOf(a, b) > 0 || (a.firstSentence <= b.lastSentence && b.firstSentence <= a.lastSentence)
}
