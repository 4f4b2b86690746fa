import { lengthOf, roundToMs, type TimeRange } from '../../../domain/time-range.ts'

/** Where a second of the recording is heard in a clip that plays `ranges`; null when it was cut out. */
export function clipTimeOf(second: number, ranges: readonly TimeRange[]): number | null {
  let before = 0
  for (const range of ranges) {
    if (second >= range.start && second < range.end) return roundToMs(before + second - range.start)
    before += lengthOf(range)
  }
  return null
}
