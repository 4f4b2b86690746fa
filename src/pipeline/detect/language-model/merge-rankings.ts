import type { Judgement } from './judgement.ts'

interface RankedWindow {
  judgements: readonly Judgement[]
  /** How many passages were compared. */
  size: number
}

/**
 * Rankings of several windows as one, best first. Ranks of different windows can't be compared, only places: being the best of ten is worth as
 * much as being the best of twelve. What was ranked twice counts once, where it did better.
 */
export function mergeRankings(windows: readonly RankedWindow[]): Judgement[] {
  const placed = windows.flatMap(({ judgements, size }, window) =>
    judgements.map((judgement, i) => ({ judgement, place: i / Math.max(1, size), window })),
  )
  placed.sort((a, b) => a.place - b.place || a.window - b.window)
  const seen = new Set<number>()
  const merged: Judgement[] = []
  for (const { judgement } of placed) {
    if (seen.has(judgement.lastSentence)) continue
    seen.add(judgement.lastSentence)
    merged.push({ ...judgement, rank: merged.length + 1 })
  }
  return merged
}
