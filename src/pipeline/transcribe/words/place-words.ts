import type { TimeRange } from '../../../domain/time-range.ts'
import type { Word } from '../../../domain/transcript.ts'
import { removeSounds } from '../cues/remove-sounds.ts'
import type { Cue } from '../transcriber.ts'
import { slowestSeconds, spreadWords } from './estimate-word-times.ts'
import { isUnspaced, joinWords, splitTextIntoWords } from './split-text-into-words.ts'

/** A word as an engine wrote it, in seconds; times may be missing. */
export interface WrittenWord {
  text: string
  start: number | null
  end: number | null
  confidence: number | null
  speaker: string | null
}

export type SpokenWord = Word & { speaker: string | null }

/**
 * Gives every word a time: exact where the engine has one, else estimated between its neighbours (WhisperX leaves out
 * numerals). `span` bounds what has no neighbour. Words without letters join the word before them; sound descriptions
 * (`[BLANK_AUDIO]`, `(upbeat` `music)`) are no words.
 */
export function placeWords(written: readonly WrittenWord[], span: TimeRange): SpokenWord[] {
  const words = joinPunctuation(withoutSounds(joinContinuations(written)))
  const placed: SpokenWord[] = []
  for (let index = 0; index < words.length; ) {
    const word = words[index]
    if (!word) break
    if (isTimed(word)) {
      placed.push(...placeTimed(word, words[index + 1]?.start ?? null))
      index++
      continue
    }
    let after = index + 1
    while (after < words.length && words[after]?.start === null) after++
    const missing = words.slice(index, after)
    const start = placed.at(-1)?.end ?? span.start
    const end = Math.max(start, words[after]?.start ?? span.end)
    const spread = spreadWords(
      missing.map(({ text }) => text),
      { start, end },
    )
    placed.push(...spread.map((one, at) => ({ ...one, speaker: missing[at]?.speaker ?? null })))
    index += missing.length
  }
  return placed
}

/** Cues of one speaker each, broken at pauses of two seconds, from words in order. */
export function wordsToCues(words: readonly SpokenWord[]): Cue[] {
  const turns: SpokenWord[][] = []
  for (const word of words) {
    const turn = turns.at(-1)
    const before = turn?.at(-1)
    if (turn && before && before.speaker === word.speaker && word.start - before.end < 2) turn.push(word)
    else turns.push([word])
  }
  return turns.flatMap((turn) => {
    const first = turn[0]
    if (!first) return []
    const words = turn.map(({ text, start, end, confidence, timing }) => ({ text, start, end, confidence, timing }))
    const end = words.reduce((latest, word) => Math.max(latest, word.end), first.end)
    return [{ start: first.start, end, text: joinWords(words), speaker: first.speaker, words }]
  })
}

function isTimed(word: WrittenWord): word is WrittenWord & { start: number } {
  return word.start !== null
}

/** A "word" of several words shares its span; one without an end lasts until the next, as long as speech can. */
function placeTimed(word: WrittenWord & { start: number }, nextStart: number | null): SpokenWord[] {
  const longest = word.start + slowestSeconds(word.text)
  const end = Math.max(word.start, word.end ?? Math.min(longest, nextStart ?? longest))
  const texts = word.text.split(/\s+/)
  if (texts.length === 1) {
    return [
      { text: word.text, start: word.start, end, confidence: word.confidence, timing: 'exact', speaker: word.speaker },
    ]
  }
  return spreadWords(texts, { start: word.start, end }).map((one) => ({
    ...one,
    confidence: word.confidence,
    speaker: word.speaker,
  }))
}

/** Whisper begins a new word with a blank; ` state`, `-of`, `-the`, `-art` is one word, and parts of
 * words (tokens) are common. Other engines write no blanks at all. */
function joinContinuations(written: readonly WrittenWord[]): WrittenWord[] {
  const blanks = written.filter(({ text }) => text.startsWith(' ')).length
  const marksWords = blanks > written.length / 5
  const words: WrittenWord[] = []
  for (const word of written) {
    const before = words.at(-1)
    const continues = marksWords && before && !/^\s/.test(word.text) && !isUnspaced(word.text)
    if (continues)
      words[words.length - 1] = { ...before, text: before.text + word.text.trim(), end: word.end ?? before.end }
    else words.push({ ...word, text: word.text.trim() })
  }
  return words.filter(({ text }) => text !== '')
}

/** Descriptions of more words than this are not looked for. */
const longestSound = 6

function withoutSounds(words: WrittenWord[]): WrittenWord[] {
  const kept: WrittenWord[] = []
  for (let index = 0; index < words.length; index++) {
    const count = soundLengthAt(words, index)
    const word = words[index]
    if (count > 0) index += count - 1
    else if (word) kept.push(word)
  }
  return kept
}

/** How many words from here on are one sound description; 0 when it is speech. */
function soundLengthAt(words: WrittenWord[], index: number): number {
  if (!/^[[(♪*（［【]/u.test(words[index]?.text ?? '')) return 0
  let text = ''
  for (let count = 1; count <= longestSound && index + count <= words.length; count++) {
    text += ` ${words[index + count - 1]?.text ?? ''}`
    const { text: spoken, sounds } = removeSounds(text)
    if (sounds > 0 && spoken.trim() === '') return count
  }
  return 0
}

function joinPunctuation(written: WrittenWord[]): WrittenWord[] {
  const words: WrittenWord[] = []
  for (const word of written) {
    const before = words.at(-1)
    if (splitTextIntoWords(word.text).length > 0) words.push(word)
    else if (before) words[words.length - 1] = { ...before, text: before.text + word.text }
  }
  return words
}
