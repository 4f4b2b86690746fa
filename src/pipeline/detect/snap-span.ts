import { roundToMs, type TimeRange } from '../../domain/time-range.ts'

/** Seconds a moment begins before its first word, and goes on after its last: room for a breath, no dead air. */
const lead = 0.15
const tail = 0.3

interface SpanInput {
  /** Start of the first word and end of the last, in seconds. */
  speech: TimeRange
  /** End of the word before, and start of the word after; null at the edges of the recording. */
  before: number | null
  after: number | null
  /** Length of the recording in seconds. */
  duration: number
}

/**
 * The seconds to show for a span of words: a lead of at most 0.15 s and a tail of at most 0.3 s, each at most half of the pause there,
 * so that no neighbouring word is heard and two moments side by side never overlap. Rounded to ms, inside `[0, duration]`.
 */
export function snapSpan({ speech, before, after, duration }: SpanInput): TimeRange {
  const roomBefore = before === null ? speech.start : Math.max(0, speech.start - before) / 2
  const roomAfter = after === null ? duration - speech.end : Math.max(0, after - speech.end) / 2
  const start = Math.max(0, speech.start - Math.min(lead, roomBefore))
  const end = Math.min(duration, speech.end + Math.max(0, Math.min(tail, roomAfter)))
  return { start: Math.min(roundToMs(start), duration), end: Math.min(roundToMs(end), duration) }
}
