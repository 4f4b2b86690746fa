import type { Sums } from './trace-query.ts'

interface Stretch {
  first: number
  last: number
}

/** What sentences `first` to `last` hold, from sums over all that come before each. */
export function inside(sums: Sums, first: number, last: number): number {
  return last < first ? 0 : (sums[last + 1] ?? 0) - (sums[first] ?? 0)
}

/** Logarithm of how much denser it is here than in the whole recording; 0 for an empty stretch. */
export function logDensity(sums: Sums, words: Sums, { first, last }: Stretch): number {
  const count = sums.length - 1
  const all = inside(sums, 0, count - 1)
  const here = inside(words, first, Math.min(last, count - 1))
  if (here === 0 || all === 0) return 0
  const mean = all / Math.max(1, inside(words, 0, count - 1))
  // Twenty words at the mean density keep a single hit in a short stretch from looking like a subject.
  return Math.log((inside(sums, first, Math.min(last, count - 1)) + mean * 20) / (here + 20) / mean)
}

/** Share of all that lies in a stretch. */
export function shareOf(sums: Sums, { first, last }: Stretch, count: number): number {
  const all = inside(sums, 0, count - 1)
  return all === 0 ? 0 : inside(sums, first, last) / all
}
