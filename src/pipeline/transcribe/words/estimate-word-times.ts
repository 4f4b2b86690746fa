import { overlapOf, roundToMs, type TimeRange } from '../../../domain/time-range.ts'
import type { Word } from '../../../domain/transcript.ts'
import { isUnspaced, splitTextIntoWords } from './split-text-into-words.ts'

interface EstimateOptions {
  language?: string | null
  /** Stretches without sound, in order, in seconds of the recording: no word is put there. */
  silences?: readonly TimeRange[]
}

/**
 * Seconds of slow speech per unit of weight (about a letter): speech is about 15 letters a second, a slow speaker 7.
 * A caption that stays longer on the screen than that is not spoken all the while: its words sit at its start.
 */
const slowestUnit = 0.15
/** Silences that leave less room than very fast speech needs are wrong about this cue (whispering, a bad threshold). */
const fastestUnit = 0.03
/** A han character or kana takes about as long as three letters. */
const unspacedWeight = 3
/** Beginning and ending a word takes time however short it is, about two letters. */
const wordWeight = 2

/**
 * Places the words of a text inside its span by length, with a breath after punctuation, around silences.
 * Every word is marked `estimated`; they are in order, do not overlap, and lie inside the span. Times in seconds.
 */
export function estimateWordTimes(span: TimeRange & { text: string }, options: EstimateOptions = {}): Word[] {
  const texts = splitTextIntoWords(span.text, options.language ?? null)
  return spreadWords(texts, span, options.silences ?? [])
}

/** As `estimateWordTimes`, for words already split. */
export function spreadWords(texts: readonly string[], span: TimeRange, silences: readonly TimeRange[] = []): Word[] {
  const weights = texts.map((text) => ({ spoken: spokenWeight(text), pause: pauseWeight(text) }))
  // Nothing is said after the last word, so its pause takes no room.
  const last = weights.at(-1)
  if (last) last.pause = 0
  const total = weights.reduce((sum, { spoken, pause }) => sum + spoken + pause, 0)
  const stretches = soundingStretches(span, silences, total * fastestUnit)
  const room = Math.min(
    stretches.reduce((sum, { start, end }) => sum + end - start, 0),
    total * slowestUnit,
  )
  const unit = total > 0 ? room / total : 0
  let position = 0
  return texts.map((text, index) => {
    const { spoken, pause } = weights[index] ?? { spoken: 0, pause: 0 }
    const range = placeInStretches(stretches, position, position + spoken * unit)
    position += (spoken + pause) * unit
    return { text, ...range, confidence: null, timing: 'estimated' as const }
  })
}

/** How long a text takes to say at the slowest, in seconds: longer captions are just left standing. */
export function slowestSeconds(text: string): number {
  return splitTextIntoWords(text).reduce((sum, word) => sum + spokenWeight(word) + pauseWeight(word), 0) * slowestUnit
}

/** How long a word takes, in units of about a letter. */
export function spokenWeight(word: string): number {
  let weight = wordWeight
  for (const character of word) {
    if (/[\p{L}\p{N}\p{S}]/u.test(character)) weight += isUnspaced(character) ? unspacedWeight : 1
  }
  return weight
}

function pauseWeight(word: string): number {
  if (/[.!?…。！？]["'”’»)\]」』]*$/u.test(word)) return 4
  return /[,;:،、，；：–—-]["'”’»)\]」』]*$/u.test(word) ? 2 : 0
}

/** The span without its silences; the whole span when too little would be left. */
function soundingStretches(span: TimeRange, silences: readonly TimeRange[], least: number): TimeRange[] {
  const stretches: TimeRange[] = []
  let start = span.start
  for (const silence of silencesWithin(span, silences)) {
    if (silence.start > start) stretches.push({ start, end: silence.start })
    start = Math.max(start, silence.end)
  }
  if (start < span.end) stretches.push({ start, end: span.end })
  const room = stretches.reduce((sum, stretch) => sum + stretch.end - stretch.start, 0)
  return room >= least && room > 0 ? stretches : [{ start: span.start, end: Math.max(span.start, span.end) }]
}

/** Silences are in order, so the first one that matters is found by halving: a long recording has thousands. */
function silencesWithin(span: TimeRange, silences: readonly TimeRange[]): TimeRange[] {
  let low = 0
  let high = silences.length
  while (low < high) {
    const middle = (low + high) >> 1
    if ((silences[middle]?.end ?? 0) <= span.start) low = middle + 1
    else high = middle
  }
  const within: TimeRange[] = []
  for (let index = low; index < silences.length; index++) {
    const silence = silences[index]
    if (!silence || silence.start >= span.end) break
    within.push(silence)
  }
  return within
}

/** Maps a span of sounding time back to the recording; a word over a silence goes to the side with more of it. */
function placeInStretches(stretches: readonly TimeRange[], from: number, to: number): TimeRange {
  let passed = 0
  let best: TimeRange | null = null
  for (const { start, end } of stretches) {
    const part = { start: start + from - passed, end: start + to - passed }
    const clipped = { start: Math.max(start, part.start), end: Math.min(end, part.end) }
    if (clipped.end >= clipped.start && (!best || overlapOf(clipped, clipped) > overlapOf(best, best))) best = clipped
    passed += end - start
    if (passed > to) break
  }
  const last = stretches.at(-1)
  const range = best ?? { start: last?.end ?? 0, end: last?.end ?? 0 }
  return { start: roundToMs(range.start), end: roundToMs(range.end) }
}
