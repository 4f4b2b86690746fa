import { lengthOf, overlapOf, roundToMs, type TimeRange } from '../../../domain/time-range.ts'
import type { Segment, Word } from '../../../domain/transcript.ts'
import type { ClipWord } from './clip-word.ts'

/**
 * The words heard in a clip, in the order they are heard. `ranges` are the clip's stretches of the recording in playing
 * order (seconds of the recording); the answer is in seconds of the clip. A word cut by a border stays when at least half
 * of it is heard, and is shortened to what is heard.
 */
export function wordsOfClip({ segments, ranges }: { segments: Segment[]; ranges: TimeRange[] }): ClipWord[] {
  const words: ClipWord[] = []
  let offset = 0
  for (const range of joinTouching(ranges)) {
    for (const { word, speaker } of wordsWithin(segments, range)) {
      words.push({
        text: word.text,
        start: roundToMs(offset + Math.max(word.start, range.start) - range.start),
        end: roundToMs(offset + Math.min(Math.max(word.end, word.start), range.end) - range.start),
        speaker,
      })
    }
    offset += lengthOf(range)
  }
  return words
}

/** Ranges that play on without a cut are one: a word across their seam would otherwise be dropped or said twice. */
function joinTouching(ranges: TimeRange[]): TimeRange[] {
  const joined: TimeRange[] = []
  for (const range of ranges) {
    const last = joined.at(-1)
    if (last !== undefined && Math.abs(last.end - range.start) < 0.0005) {
      joined[joined.length - 1] = { start: last.start, end: range.end }
    } else if (lengthOf(range) > 0) {
      joined.push(range)
    }
  }
  return joined
}

function wordsWithin(segments: Segment[], range: TimeRange): { word: Word; speaker: string | null }[] {
  return segments
    .filter((segment) => segment.start < range.end && segment.end >= range.start)
    .flatMap(({ words, speaker }) =>
      words.filter((word) => isMostlyWithin(word, range)).map((word) => ({ word, speaker })),
    )
    .sort((a, b) => a.word.start - b.word.start)
}

function isMostlyWithin(word: Word, range: TimeRange): boolean {
  const length = lengthOf(word)
  if (length === 0) return word.start >= range.start && word.start < range.end
  return overlapOf(word, range) >= length / 2
}
