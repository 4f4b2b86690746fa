import { roundToMs, type TimeRange } from '../../../domain/time-range.ts'
import { endsSentence, type SpokenWord } from './spoken-word.ts'

/** Shorter pauses are how people speak. Seconds. */
const leastSilence = 0.7
/** What is left of a longer one: a breath between words, a little more between sentences. Seconds. */
const [rest, restAfterSentence] = [0.35, 0.5]
/** Of what is left, more after the word before, whose sound dies away, than ahead of the next. */
const shareAfter = 0.6
/** What is worth a cut. Seconds. */
const leastCut = 0.2
/** Words whose times are known are kept clear of by this much. Seconds. */
const clearance = 0.05

interface Listening {
  /** Where something is heard; nothing is taken for silent outside of `range`. */
  sounding: readonly TimeRange[]
  words: readonly SpokenWord[]
  range: TimeRange
}

/**
 * What goes of the long silences between sounds: their middle, so that a natural rest stays. Found by ear, and kept off every word
 * that is known to be there, however softly it is said.
 */
export function findSilences({ sounding, words, range }: Listening): TimeRange[] {
  const exact = words.filter(({ timing }) => timing === 'exact')
  return sounding.slice(1).flatMap((next, i) => {
    const silence = { start: sounding[i]?.end ?? next.start, end: next.start }
    if (silence.start < range.start || silence.end > range.end || silence.end - silence.start < leastSilence) return []
    const left = endsHere(words, silence) ? restAfterSentence : rest
    const cut = { start: silence.start + left * shareAfter, end: silence.end - left * (1 - shareAfter) }
    const free = longestFree(cut, exact)
    return free.end - free.start < leastCut ? [] : [{ start: roundToMs(free.start), end: roundToMs(free.end) }]
  })
}

function endsHere(words: readonly SpokenWord[], silence: TimeRange): boolean {
  const middle = (silence.start + silence.end) / 2
  const before = words.findLast(({ start, end }) => (start + end) / 2 < middle)
  return before !== undefined && endsSentence(before)
}

/** The longest part of a stretch without a word in it. */
function longestFree(cut: TimeRange, words: readonly SpokenWord[]): TimeRange {
  let parts = [cut]
  for (const word of words) {
    const [start, end] = [word.start - clearance, word.end + clearance]
    parts = parts.flatMap((part) => {
      if (end <= part.start || start >= part.end) return [part]
      return [
        { start: part.start, end: start },
        { start: end, end: part.end },
      ].filter((piece) => piece.end > piece.start)
    })
  }
  return parts.reduce((a, b) => (b.end - b.start > a.end - a.start ? b : a), { start: cut.start, end: cut.start })
}
