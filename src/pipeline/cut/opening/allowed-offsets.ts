import type { TimeRange } from '../../../domain/time-range.ts'

interface Allowing {
  /** Where the clip was to begin, seconds of the recording. */
  start: number
  /** Of the stretch it begins with. */
  end: number
  /** Words around the start, in order of time; seconds of the recording. */
  words: readonly TimeRange[]
  /** Frames a second. */
  rate: number
}

/** Seconds to each side in which a better picture is looked for. */
export const farthest = 0.3
/** Kept free before a word: its first consonant is softer than what is timed. Seconds. */
const breath = 0.04
/** What is left must still be a clip. Seconds. */
const leastLeft = 2

/**
 * By how many frames a clip may begin earlier or later without cutting into its first word, or letting the end of the word before be heard. Earlier only
 * where it is known when that word ends.
 */
export function allowedOffsets({ start, end, words, rate }: Allowing): { earliest: number; latest: number } {
  const most = Math.floor(farthest * rate + 1e-6)
  const first = words.find((word) => word.end > start + 1e-3)
  const before = words.filter((word) => word.end <= start + 1e-3).at(-1)
  const later = Math.min(first ? first.start - breath - start : farthest, end - start - leastLeft)
  const earlier = before ? start - before.end - breath : words.length === 0 ? start : 0
  return {
    earliest: 0 - Math.min(most, Math.max(0, Math.floor(Math.min(earlier, start) * rate + 1e-6))),
    latest: Math.min(most, Math.max(0, Math.floor(later * rate + 1e-6))),
  }
}
