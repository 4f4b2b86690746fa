import type { Segment, Word } from '../../../domain/transcript.ts'
import { joinWords } from '../words/split-text-into-words.ts'

/** What a screen of captions holds: two lines of 42, for 7 seconds at most. */
const mostLetters = 84
const mostSeconds = 7
const lineLetters = 42

export interface ExportedCue {
  start: number
  end: number
  lines: string[]
  speaker: string | null
}

/** Segments as cues to be read: long sentences in parts, at clauses where there are some. Nothing is lost but the times of words. */
export function transcriptCues(segments: readonly Segment[]): ExportedCue[] {
  return segments.flatMap(({ words, speaker }) =>
    inParts(words).flatMap((part) => {
      const [first, last] = [part[0], part.at(-1)]
      return first && last ? [{ start: first.start, end: last.end, lines: inLines(part), speaker }] : []
    }),
  )
}

function inParts(words: readonly Word[]): Word[][] {
  const parts: Word[][] = []
  let part: Word[] = []
  for (const word of words) {
    const first = part[0]
    if (first && (joinWords([...part, word]).length > mostLetters || word.end - first.start > mostSeconds)) {
      const clause = part.findLastIndex(
        ({ text }, i) => i >= part.length / 3 && i < part.length - 1 && /[,;:—–、，]$/u.test(text),
      )
      parts.push(clause === -1 ? part : part.slice(0, clause + 1))
      part = clause === -1 ? [] : part.slice(clause + 1)
    }
    part.push(word)
  }
  return part.length > 0 ? [...parts, part] : parts
}

/** Two lines of about the same length where one would be too long. */
function inLines(words: readonly Word[]): string[] {
  const text = joinWords(words)
  if (text.length <= lineLetters) return [text]
  let best = text
  let rest = ''
  for (let i = 1; i < words.length; i++) {
    const [first, second] = [joinWords(words.slice(0, i)), joinWords(words.slice(i))]
    if (Math.max(first.length, second.length) < Math.max(best.length, rest.length)) [best, rest] = [first, second]
  }
  return rest === '' ? [best] : [best, rest]
}
