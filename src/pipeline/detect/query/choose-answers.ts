import { overlapOf, type TimeRange } from '../../../domain/time-range.ts'

export interface Weighed extends TimeRange {
  /** What the model says of it; greater is better. */
  score: number
}

export interface Chosen<T> {
  window: T
  /** Chance that it is the answer, or shares half with it, as the model sees it; 0 to 1. */
  chance: number
}

// Worse ones than these have no share in the chance worth counting.
const mostWeighed = 400
// Two answers that share half of the shorter one are the same answer.
const sameShare = 0.5

/**
 * Chooses up to `count` windows. The best window is not the one with the best score but the one that most of the likely ones agree with:
 * the chances of all windows that share half or more with it are added up (minimum Bayes risk; Goel and Byrne 2000). Each next one is
 * chosen by what it adds. Windows overlap only near by, so time grows with their number alone.
 */
export function chooseAnswers<T extends Weighed>(windows: readonly T[], count: number, sharpness = 1): Chosen<T>[] {
  const likely = windows
    .toSorted((a, b) => b.score - a.score || a.start - b.start || a.end - b.end)
    .slice(0, mostWeighed)
  const top = likely[0]?.score ?? 0
  const raw = likely.map(({ score }) => Math.exp(sharpness * (score - top)))
  const all = raw.reduce((sum, value) => sum + value, 0)
  const chances = raw.map((value) => value / all)
  const support = likely.map((window) => supportOf(window, likely, chances))
  const chosen: Chosen<T>[] = []
  const left = new Set(likely.keys())
  while (chosen.length < count && left.size > 0) {
    let best = -1
    for (const i of left) if (best < 0 || (support[i] ?? 0) > (support[best] ?? 0)) best = i
    const window = likely[best]
    if (window === undefined) break
    chosen.push({ window, chance: support[best] ?? 0 })
    for (const i of left) if (sharesHalf(likely[i] as T, window)) left.delete(i)
  }
  return chosen
}

function supportOf(window: TimeRange, others: readonly TimeRange[], chances: readonly number[]): number {
  return others.reduce((sum, other, i) => sum + likeness(window, other) * (chances[i] ?? 0), 0)
}

/** 0 up to a third in common, 1 from two thirds on: half is what counts as found. */
function likeness(a: TimeRange, b: TimeRange): number {
  const shared = overlapOf(a, b)
  const union = a.end - a.start + b.end - b.start - shared
  return union <= 0 ? 1 : Math.min(1, Math.max(0, shared / union - 1 / 3) * 3)
}

function sharesHalf(a: TimeRange, b: TimeRange): boolean {
  return overlapOf(a, b) > sameShare * Math.min(a.end - a.start, b.end - b.start)
}
