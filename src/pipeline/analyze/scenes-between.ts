import { roundToMs, type TimeRange } from '../../domain/time-range.ts'

/** Scenes in order that cover 0 to `duration` seconds without gaps; a cut begins a scene. Cuts may come in any order. */
export function scenesBetween(cuts: readonly number[], duration: number): TimeRange[] {
  const inside = cuts.map(roundToMs).filter((cut) => cut > 0 && cut < duration)
  const borders = [0, ...new Set(inside.toSorted((a, b) => a - b)), duration]
  return borders.slice(1).map((end, i) => ({ start: borders[i] ?? 0, end }))
}
