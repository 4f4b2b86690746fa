import type { TimeRange } from '../../../domain/time-range.ts'
import { nearGap } from '../graph/plan-timeline.ts'

/** Stretches in order of time; those that overlap, or are near enough to be read together, as one. */
export function joinNear(ranges: readonly TimeRange[]): TimeRange[] {
  const joined: TimeRange[] = []
  for (const range of ranges.toSorted((a, b) => a.start - b.start)) {
    const last = joined.at(-1)
    if (last && range.start - last.end <= nearGap)
      joined[joined.length - 1] = { start: last.start, end: Math.max(last.end, range.end) }
    else joined.push({ start: range.start, end: range.end })
  }
  return joined
}
