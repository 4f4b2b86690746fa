import type { RankingModel } from '../../src/pipeline/detect/ranking-model.ts'

/** A moment that was chosen, and whether people agree. */
export interface Verdict {
  score: number
  isHit: boolean
}

// Fewer moments than this say little of a share.
const leastInPoint = 40

/**
 * How often people agree, by score: isotonic regression (pool adjacent violators, Barlow and others 1972) over groups of equal size, as points of
 * a line that never falls.
 */
export function fitChances(verdicts: readonly Verdict[]): RankingModel['chances'] {
  const ordered = verdicts.toSorted((a, b) => a.score - b.score)
  const size = Math.max(leastInPoint, Math.ceil(ordered.length / 20))
  const groups: { score: number; share: number; count: number }[] = []
  for (let i = 0; i < ordered.length; i += size) {
    const part = ordered.slice(i, ordered.length - i < 2 * size ? undefined : i + size)
    groups.push({
      score: meanOf(part, ({ score }) => score),
      share: meanOf(part, ({ isHit }) => (isHit ? 1 : 0)),
      count: part.length,
    })
    if (ordered.length - i < 2 * size) break
    while (groups.length > 1 && (groups.at(-2)?.share ?? 0) >= (groups.at(-1)?.share ?? 0)) pool(groups)
  }
  while (groups.length > 1 && (groups.at(-2)?.share ?? 0) >= (groups.at(-1)?.share ?? 0)) pool(groups)
  return groups.map(({ score, share }) => [Math.round(score * 1e4) / 1e4, Math.round(share * 1e4) / 1e4])
}

function pool(groups: { score: number; share: number; count: number }[]): void {
  const [later, earlier] = [groups.pop(), groups.pop()]
  if (later === undefined || earlier === undefined) return
  const count = earlier.count + later.count
  const joined = (a: number, b: number) => (a * earlier.count + b * later.count) / count
  groups.push({ score: joined(earlier.score, later.score), share: joined(earlier.share, later.share), count })
}

function meanOf<T>(list: readonly T[], value: (item: T) => number): number {
  return list.reduce((sum, item) => sum + value(item), 0) / Math.max(1, list.length)
}
