import { lengthOf, roundToMs, type TimeRange } from '../../../domain/time-range.ts'

/** What is left between two cuts and shorter than this is a shred of a word. Seconds. */
const shred = 0.08

/** The ranges in their order without the stretches that go. */
export function playedWithout(ranges: readonly TimeRange[], removed: readonly TimeRange[]): TimeRange[] {
  return ranges.flatMap((range) => {
    const parts = removed.reduce((left, gone) => left.flatMap((part) => without(part, gone)), [range])
    return parts.length === 1 ? parts : parts.filter((part) => lengthOf(part) >= shred)
  })
}

function without(part: TimeRange, gone: TimeRange): TimeRange[] {
  if (gone.end <= part.start || gone.start >= part.end) return [part]
  const sides = [
    { start: part.start, end: roundToMs(gone.start) },
    { start: roundToMs(gone.end), end: part.end },
  ]
  return sides.filter((side) => lengthOf(side) > 0)
}

/** How long ranges are together. */
export function secondsOf(ranges: readonly TimeRange[]): number {
  return ranges.reduce((sum, range) => sum + lengthOf(range), 0)
}
