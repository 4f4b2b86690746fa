import { roundToMs, type TimeRange } from '../../../domain/time-range.ts'
import type { Segment, Word } from '../../../domain/transcript.ts'

/** What a caption needs to be seen at all. Seconds. */
const least = 0.1

interface Gone {
  /** Words that were taken out. */
  words: ReadonlySet<string>
  /** Stretches that are not played, in order. */
  removed: readonly TimeRange[]
}

/** Names a word by when and how it is said. */
export function nameOf({ start, text }: Pick<Word, 'start' | 'text'>): string {
  return `${start} ${text}`
}

/**
 * The transcript without what was taken out, and with every other word where it is still heard: one whose estimated time reaches
 * into a cut goes to the side of it where more of it is. Else captions would lose words that are said.
 */
export function settleWords(segments: readonly Segment[], gone: Gone): Segment[] {
  return segments.map((segment) => ({
    ...segment,
    words: segment.words.filter((word) => !gone.words.has(nameOf(word))).map((word) => settle(word, gone.removed)),
  }))
}

function settle(word: Word, removed: readonly TimeRange[]): Word {
  return removed.reduce<Word>(moveOff, word)
}

function moveOff(word: Word, { start, end }: TimeRange): Word {
  if (word.end <= start || word.start >= end) return word
  const [before, after] = [start - word.start, word.end - end]
  if (before >= after) return { ...word, start: roundToMs(Math.min(word.start, start - least)), end: start }
  return { ...word, start: end, end: roundToMs(Math.max(word.end, end + least)) }
}
