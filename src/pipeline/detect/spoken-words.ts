import type { TimeRange } from '../../domain/time-range.ts'
import type { Segment, Word } from '../../domain/transcript.ts'

/** One word of the whole recording, with where it stands in its segment. Times in seconds, never backwards in a segment. */
export interface SpokenWord extends TimeRange {
  text: string
  /** Index into the list of segments, which need not be its ordinal. */
  segment: number
  speaker: string | null
  /** Where its text begins and ends in the segment's text; -1 when it isn't found there. */
  from: number
  to: number
}

interface SpeechInput {
  segments: readonly Segment[]
  /** Length of the recording in seconds. */
  duration: number
}

/**
 * All words of a recording in order, mended: segments sorted by start, exact repeats dropped, times made finite, forward and
 * inside `[0, duration]`; what begins after the end is dropped. Segments without words get theirs from the text, spread by length.
 */
export function spokenWords({ segments, duration }: SpeechInput): SpokenWord[] {
  const spoken: SpokenWord[] = []
  for (const { segment, index } of inOrder(segments)) {
    const text = segment.text ?? ''
    let cursor = 0
    let clock = clampTime(segment.start, duration, spoken.at(-1)?.start ?? 0)
    for (const word of wordsOf(segment)) {
      const trimmed = word.text.trim()
      if (trimmed === '') continue
      const start = Math.max(clock, clampTime(word.start, duration, clock))
      const end = Math.max(start, clampTime(word.end, duration, start))
      clock = start
      if (start >= duration) break
      const found = text.indexOf(trimmed, cursor)
      if (found >= 0) cursor = found + trimmed.length
      spoken.push({
        text: trimmed,
        start,
        end,
        segment: index,
        speaker: segment.speaker,
        from: found,
        to: found < 0 ? -1 : cursor,
      })
    }
  }
  return spoken
}

/** What was said from one word to another, as the transcript writes it. */
export function textBetween(
  words: readonly SpokenWord[],
  segments: readonly Segment[],
  { first, last }: WordSpan,
): string {
  const parts: string[] = []
  for (let i = first; i <= last; ) {
    const segment = words[i]?.segment ?? 0
    let end = i
    while (end < last && words[end + 1]?.segment === segment) end++
    parts.push(sliceOfSegment(words.slice(i, end + 1), segments[segment]?.text ?? ''))
    i = end + 1
  }
  return parts.join(' ')
}

interface WordSpan {
  /** Index of the first and of the last word. */
  first: number
  last: number
}

function sliceOfSegment(words: readonly SpokenWord[], text: string): string {
  const from = words[0]?.from ?? -1
  const to = words.at(-1)?.to ?? -1
  if (from >= 0 && to > from) return text.slice(from, to).replace(/\s+/g, ' ')
  return words.map((word) => word.text).join(/\s/.test(text) ? ' ' : '')
}

function inOrder(segments: readonly Segment[]): { segment: Segment; index: number }[] {
  const known = new Set<string>()
  return segments
    .map((segment, index) => ({ segment, index }))
    .filter(({ segment }) => {
      const key = `${segment.start}|${segment.end}|${segment.speaker}|${segment.text}`
      return !known.has(key) && known.add(key)
    })
    .sort((a, b) => (a.segment.start || 0) - (b.segment.start || 0) || a.index - b.index)
}

function wordsOf(segment: Segment): Pick<Word, 'text' | 'start' | 'end'>[] {
  if (segment.words.length > 0) return segment.words
  const tokens = segment.text.split(/\s+/).filter((token) => token !== '')
  const letters = tokens.reduce((sum, token) => sum + token.length, 0)
  const secondsPerLetter = letters === 0 ? 0 : Math.max(0, segment.end - segment.start) / letters
  let time = segment.start
  return tokens.map((text) => {
    const start = time
    time += text.length * secondsPerLetter
    return { text, start, end: time }
  })
}

function clampTime(time: number, duration: number, otherwise: number): number {
  return Number.isFinite(time) ? Math.min(Math.max(0, time), duration) : otherwise
}
