import { roundToMs } from '../../../domain/time-range.ts'
import type { Word } from '../../../domain/transcript.ts'
import { slowestSeconds } from './estimate-word-times.ts'

/** Words one speaker says in a row. */
export interface Turn {
  speaker: string | null
  words: Word[]
}

type Movable = Omit<Word, 'end'> & { end: number }

/** Seconds: shorter than any sound of speech, long enough to survive rounding to milliseconds. */
const shortestWord = 0.01
/** An engine that lost track lets a word last through the silence after it. */
const longestWord = 3

/**
 * The last word on times: whole milliseconds, rising, none over the next, each at least 10 ms, all inside the
 * recording. What has no place before its end is dropped.
 */
export function settleWords(turns: readonly Turn[], duration: number): { turns: Turn[]; dropped: number } {
  const settled: Turn[] = []
  let before: Movable | null = null
  let dropped = 0
  for (const { speaker, words } of turns) {
    const kept: Movable[] = []
    for (const word of words.toSorted((a, b) => a.start - b.start)) {
      const start: number = roundToMs(Math.max(word.start, before ? before.start + shortestWord : 0))
      if (start + shortestWord > duration) {
        dropped++
        continue
      }
      if (before) before.end = Math.min(before.end, start)
      before = { ...word, start, end: endOf(word, start, duration) }
      kept.push(before)
    }
    if (kept.length > 0) settled.push({ speaker, words: kept })
  }
  return { turns: settled, dropped }
}

function endOf(word: Word, start: number, duration: number): number {
  const plausible = word.end - start > longestWord ? start + Math.max(1, slowestSeconds(word.text)) : word.end
  const end = Math.max(Math.min(plausible, word.end), start + shortestWord)
  // Rounding up could leave the recording by half a millisecond.
  return Math.min(roundToMs(end), Math.floor(duration * 1000) / 1000)
}
