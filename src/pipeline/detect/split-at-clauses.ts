import type { SpokenWord } from './spoken-words.ts'

interface WordSpan {
  first: number
  last: number
}

interface ClauseInput {
  words: readonly SpokenWord[]
  span: WordSpan
  /** A span that lasts no longer than this stays whole. */
  maxSeconds: number
  /** Once it is split, no piece lasts longer than this. */
  pieceSeconds: number
}

/**
 * Splits a sentence that lasts too long where a reader would breathe: semicolons, colons and dashes, commas, words that begin a
 * clause, else the longest pause near the middle, else the middle. Halves are halved again until they fit; a single word is never
 * split, however long. Returns spans of word indexes, in order and without gaps.
 */
export function splitAtClauses({ words, span, maxSeconds, pieceSeconds }: ClauseInput): WordSpan[] {
  if (secondsOf(words, span) <= maxSeconds) return [span]
  const done: WordSpan[] = []
  const open: WordSpan[] = [span]
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    if (next.first === next.last || secondsOf(words, next) <= pieceSeconds) {
      done.push(next)
      continue
    }
    const last = bestBreak(words, next)
    open.push({ first: last + 1, last: next.last }, { first: next.first, last })
  }
  return done
}

function secondsOf(words: readonly SpokenWord[], { first, last }: WordSpan): number {
  return (words[last]?.end ?? 0) - (words[first]?.start ?? 0)
}

/** Index of the word to break after: a strong border, and not far from the middle. */
function bestBreak(words: readonly SpokenWord[], { first, last }: WordSpan): number {
  const start = words[first]?.start ?? 0
  const seconds = Math.max(1e-6, (words[last]?.end ?? 0) - start)
  let best = Math.floor((first + last - 1) / 2)
  let bestValue = Number.NEGATIVE_INFINITY
  for (let i = first; i < last; i++) {
    const offMiddle = Math.abs(((words[i]?.end ?? 0) - start) / seconds - 0.5)
    // Twice the distance: a comma (1) beats nothing anywhere, but not a conjunction right in the middle when it stands at the edge.
    const value = borderStrength(words[i], words[i + 1]) - 2 * offMiddle
    if (value > bestValue) {
      best = i
      bestValue = value
    }
  }
  return best
}

const strongMark = /(?:[;:；：—–]|--)["'”’)]*$/u
const comma = /[,،、，፣՝]["'”’)]*$/u
const conjunction = new Set(
  `and but or so because although though while when where which who if unless until since that then
   und aber oder denn weil dass wenn während obwohl y pero o porque aunque cuando que si et mais ou car parce quand lorsque e mas quando`.split(
    /\s+/,
  ),
)

function borderStrength(word: SpokenWord | undefined, next: SpokenWord | undefined): number {
  if (word === undefined || next === undefined) return 0
  const mark = strongMark.test(word.text) ? 1.5 : comma.test(word.text) || word.endsPhrase ? 1 : 0
  const joint = conjunction.has(next.text.toLowerCase()) ? 0.6 : 0
  const pause = Math.min(1, Math.max(0, next.start - word.end))
  const cue = next.segment === word.segment ? 0 : 0.2
  return mark + joint + pause + cue
}
