import type { TimeRange } from '../../../domain/time-range.ts'
import type { Cue } from '../transcriber.ts'
import { estimateWordTimes } from '../words/estimate-word-times.ts'
import { joinWords, splitTextIntoWords } from '../words/split-text-into-words.ts'
import { pairWords } from './pair-words.ts'

export interface WindowCues {
  /** Of the recording, seconds. */
  window: TimeRange
  /** In order, in seconds of the recording. */
  cues: Cue[]
}

/** One word of a cue, with the best time known for it. */
interface Token extends TimeRange {
  text: string
  /** Of its cue, and its place among the words of that cue. */
  cue: number
  place: number
}

/** Seconds that an engine's times of the same word may lie apart in two windows; and estimated ones, inside a cue of any length. */
const looseness = { exact: 1.5, estimated: 6 }

/**
 * Joins what was heard in two windows that share a stretch: the words of the shared stretch are laid over each other, and the
 * windows are cut at the pair nearest to its middle, where both have heard what comes before and after. What a window hears at its
 * own edge, often half a word, is in neither. Where no word pairs, the cut is at the middle by time.
 */
export function mergeWindows(before: WindowCues, after: WindowCues, language: string | null): WindowCues {
  const shared = { start: after.window.start, end: before.window.end }
  const window = { start: before.window.start, end: after.window.end }
  if (shared.end <= shared.start) return { window, cues: [...before.cues, ...after.cues] }
  const isExact = [...before.cues, ...after.cues].every(({ words }) => words !== null)
  const loose = isExact ? looseness.exact : looseness.estimated
  const reach = { start: shared.start - loose, end: shared.end + loose }
  const left = tokensWithin(before.cues, reach, language)
  const right = tokensWithin(after.cues, reach, language)
  const pair = bestPair({ left, right, shared, loose })
  const [last, first] = pair ?? cutAt((shared.start + shared.end) / 2, { left, right })
  return {
    window,
    cues: [...before.cues.flatMap(partUpTo(last, language)), ...after.cues.flatMap(partFrom(first, language))],
  }
}

interface Side {
  left: readonly Token[]
  right: readonly Token[]
}

/** The last token that is kept of the window before, and the first of the one after. */
type Seam = [last: Place, first: Place]
/** Of a word among the cues of a window. Before the first: -1; after the last: Infinity. */
type Place = Pick<Token, 'cue' | 'place'> & Partial<TimeRange>

/** At the pair of the same word nearest to the middle of the shared stretch; pairs whose neighbours pair too count more. */
function bestPair({ left, right, shared, loose }: Side & { shared: TimeRange; loose: number }): Seam | null {
  const pairs = pairWords(left, right, loose)
  const middle = (shared.start + shared.end) / 2
  let best: Seam | null = null
  let least = Number.POSITIVE_INFINITY
  for (const [index, [i, j]] of pairs.entries()) {
    const [one, other] = [left[i], right[j]]
    if (!one || !other) continue
    const isAlone = pairs[index - 1]?.[0] !== i - 1 && pairs[index + 1]?.[0] !== i + 1
    const distance = Math.abs((one.start + one.end) / 2 - middle) + (isAlone ? 1 : 0)
    if (distance >= least) continue
    best = [one, { ...other, place: other.place + 1, start: other.end }]
    least = distance
  }
  return best
}

/** Words before the time from the one, words after it from the other. */
function cutAt(time: number, { left, right }: Side): Seam {
  const isEarly = (token: Token) => (token.start + token.end) / 2 < time
  const last = left.filter(isEarly).at(-1) ?? placeBefore(left[0])
  const first = right.find((token) => !isEarly(token)) ?? placeAfter(right.at(-1))
  return [last, first]
}

function placeBefore(token: Token | undefined): Place {
  return token ? { cue: token.cue, place: token.place - 1 } : { cue: Number.POSITIVE_INFINITY, place: 0 }
}

function placeAfter(token: Token | undefined): Place {
  return token ? { cue: token.cue, place: token.place + 1 } : { cue: -1, place: 0 }
}

function tokensWithin(cues: readonly Cue[], reach: TimeRange, language: string | null): Token[] {
  return cues.flatMap((cue, index) => {
    if (cue.end < reach.start || cue.start > reach.end) return []
    const words = cue.words ?? estimateWordTimes(cue, { language })
    return words
      .map(({ text, start, end }, place) => ({ text, start, end, cue: index, place }))
      .filter(({ start, end }) => end >= reach.start && start <= reach.end)
  })
}

function partUpTo(last: Place, language: string | null): (cue: Cue, index: number) => Cue[] {
  return (cue, index) => {
    if (index < last.cue) return [cue]
    return index > last.cue ? [] : part(cue, { places: [0, last.place + 1], span: { end: last.end }, language })
  }
}

function partFrom(first: Place, language: string | null): (cue: Cue, index: number) => Cue[] {
  return (cue, index) => {
    if (index > first.cue) return [cue]
    return index < first.cue ? [] : part(cue, { places: [first.place], span: { start: first.start }, language })
  }
}

interface Part {
  /** Of its words, as `slice` takes them. */
  places: [number, number?]
  /** When they are said by estimate, seconds. */
  span: { start?: number | undefined; end?: number | undefined }
  language: string | null
}

function part(cue: Cue, { places, span, language }: Part): Cue[] {
  const words = cue.words?.slice(...places) ?? null
  const texts =
    words ??
    splitTextIntoWords(cue.text, language)
      .slice(...places)
      .map((text) => ({ text }))
  if (texts.length === 0) return []
  const start = words?.[0]?.start ?? Math.max(cue.start, span.start ?? cue.start)
  const end = words?.at(-1)?.end ?? Math.min(cue.end, span.end ?? cue.end)
  return [{ ...cue, start, end: Math.max(start, end), text: joinWords(texts), words }]
}
