import type { TimeRange } from '../../domain/time-range.ts'
import type { Segment, Word } from '../../domain/transcript.ts'
import { isMark, isOpeningMark, isUnspaced, splitIntoTokens } from './split-into-tokens.ts'

/** One word of the whole recording, with where it stands in its segment. Times in seconds, never backwards in a segment. */
export interface SpokenWord extends TimeRange {
  text: string
  /** Index into the list of segments, which need not be its ordinal. */
  segment: number
  speaker: string | null
  /** Where its text begins and ends in the segment's text; -1 when it isn't found there. */
  from: number
  to: number
  /** Whether a blank follows it in a script that has none between words (Thai, Chinese): there it is a breath, as a comma is. */
  endsPhrase: boolean
}

interface SpeechInput {
  segments: readonly Segment[]
  /** Length of the recording in seconds. */
  duration: number
}

/**
 * All words of a recording in order, mended: segments sorted by start, exact repeats dropped, times made finite, forward and
 * inside `[0, duration]`; what begins after the end is dropped. Segments without words get theirs from the text, spread by length. A
 * mark that stands alone is part of its neighbour, and what is written without blanks is split by dictionary.
 */
export function spokenWords({ segments, duration }: SpeechInput): SpokenWord[] {
  const spoken: SpokenWord[] = []
  for (const { segment, index } of inOrder(segments)) {
    const text = segment.text ?? ''
    let cursor = 0
    let clock = clampTime(segment.start, duration, spoken.at(-1)?.start ?? 0)
    for (const word of withoutLoneMarks(wordsOf(segment))) {
      const start = Math.max(clock, clampTime(word.start, duration, clock))
      const end = Math.max(start, clampTime(word.end, duration, start))
      clock = start
      if (start >= duration) break
      const found = placeIn(text, word.text, cursor)
      if (found !== null) cursor = found.to
      const { from, to } = found ?? notFound
      spoken.push({
        text: word.text,
        start,
        end,
        segment: index,
        speaker: segment.speaker,
        from,
        to,
        endsPhrase: isUnspaced(word.text) && (found === null || /^\s|^$/u.test(text.slice(to, to + 1))),
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
  let text = ''
  for (let i = first; i <= last; ) {
    const segment = words[i]?.segment ?? 0
    let end = i
    while (end < last && words[end + 1]?.segment === segment) end++
    const part = sliceOfSegment(words.slice(i, end + 1), segments[segment]?.text ?? '')
    text += text === '' || (cjkEnd.test(text.slice(-1)) && cjkStart.test(part)) ? part : ` ${part}`
    i = end + 1
  }
  return text
}

// Chinese and Japanese have no blank between sentences either, Thai has.
const cjk = String.raw`[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\u3000-\u303f\u30fc\uff00-\uffef]`
const cjkEnd = new RegExp(`${cjk}$`, 'u')
const cjkStart = new RegExp(`^${cjk}`, 'u')

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
  // Repeats begin at the same time: only those have to be remembered.
  const known = new Set<string>()
  let time: number | undefined
  return segments
    .map((segment, index) => ({ segment, index }))
    .filter(({ segment }) => !isSound(segment.text ?? ''))
    .sort((a, b) => startOf(a.segment) - startOf(b.segment) || a.index - b.index)
    .filter(({ segment }) => {
      if (startOf(segment) !== time) known.clear()
      time = startOf(segment)
      const key = `${segment.start}|${segment.end}|${segment.speaker}|${segment.text}`
      return !known.has(key) && known.add(key)
    })
}

function startOf({ start }: Segment): number {
  return Number.isFinite(start) ? start : 0
}

/** `[Music]`, `♪ la la ♪`: nobody says that. */
function isSound(text: string): boolean {
  if (!/^\s*[[【♪♫]/u.test(text)) return false
  const said = text.replace(/\[[^\]]{0,80}\]|【[^】]{0,80}】|[♪♫][^♪♫]{0,500}[♪♫]?/gu, '')
  return !/[\p{L}\p{N}]/u.test(said)
}

type TimedText = Pick<Word, 'text' | 'start' | 'end'>

function wordsOf(segment: Segment): TimedText[] {
  if (segment.words.length > 0) return segment.words.flatMap((word) => spread(tokensOfWord(word.text.trim()), word))
  const tokens = segment.text.split(/\s+/).filter((token) => token !== '')
  return spread(tokens.flatMap(splitIntoTokens), segment)
}

// A recogniser's words stay as they are; what is longer than this without a blank is a phrase that it calls a word.
const longestWord = 12

function tokensOfWord(text: string): string[] {
  return text.length > longestWord ? splitIntoTokens(text) : [text]
}

/** Tokens one after the other over a span of time, each as long as it is written. */
function spread(tokens: readonly string[], { start, end }: TimeRange): TimedText[] {
  if (tokens.length === 1) return [{ text: tokens[0] ?? '', start, end }]
  const letters = tokens.reduce((sum, token) => sum + token.length, 0)
  const secondsPerLetter = letters === 0 ? 0 : Math.max(0, end - start) / letters
  let time = start
  return tokens.map((text) => {
    const from = time
    time += text.length * secondsPerLetter
    return { text, start: from, end: time }
  })
}

/** Marks that stand alone (`--`, a French `?`) become part of the word before them, opening ones of the word after them. */
function withoutLoneMarks(words: readonly TimedText[]): TimedText[] {
  if (!words.some(({ text }) => text === '' || isMark(text))) return [...words]
  const whole: TimedText[] = []
  const opening: TimedText[] = []
  for (const word of words) {
    if (word.text === '') continue
    const before = whole.at(-1)
    if (!isMark(word.text)) whole.push([...opening.splice(0), word].reduce(joined))
    else if (isOpeningMark(word.text) || before === undefined) opening.push(word)
    else whole[whole.length - 1] = joined(before, word)
  }
  return whole
}

function joined(first: TimedText, second: TimedText): TimedText {
  return { text: `${first.text}\u00a0${second.text}`, start: first.start, end: second.end }
}

const notFound = { from: -1, to: -1 }

/** Where a word stands in its segment's text from some place on; the blank before a lone mark may be any there, or none. */
function placeIn(text: string, word: string, cursor: number): { from: number; to: number } | null {
  const from = text.indexOf(word, cursor)
  if (from >= 0) return { from, to: from + word.length }
  if (!word.includes('\u00a0')) return null
  const place = { from: -1, to: cursor }
  for (const part of word.split('\u00a0')) {
    const at = text.indexOf(part, place.to)
    if (at < 0) return null
    if (place.from < 0) place.from = at
    place.to = at + part.length
  }
  return place
}

function clampTime(time: number, duration: number, otherwise: number): number {
  return Number.isFinite(time) ? Math.min(Math.max(0, time), duration) : otherwise
}
