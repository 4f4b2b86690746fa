import type { CaptionCorrection } from '../../../domain/clip.ts'
import { roundToMs } from '../../../domain/time-range.ts'
import type { Segment, Word } from '../../../domain/transcript.ts'
import { keyOf, type SpokenWord, textOf, type WordRun } from '../tighten/spoken-word.ts'
import { findPhrase, possessive } from './find-phrase.ts'

/** What is to be shown in place of some words, wherever they are said; marks around them stay. */
export function correctionsFor(
  words: readonly SpokenWord[],
  { from, to }: { from: string; to: string },
): CaptionCorrection[] {
  return findPhrase(words, from).map((run) => {
    const [first, last] = [words[run.first], words[run.last]]
    const text = to === '' ? '' : withMarks(to, { words, run, from })
    return { start: first?.start ?? 0, end: last?.end ?? 0, from: textOf(words, run), text }
  })
}

function withMarks(to: string, { words, run, from }: { words: readonly SpokenWord[]; run: WordRun; from: string }) {
  const [first = '', last = ''] = [words[run.first]?.text, words[run.last]?.text]
  const before = /^[^\p{L}\p{N}]*/u.exec(first)?.[0] ?? ''
  const after = /[^\p{L}\p{N}]*$/u.exec(last)?.[0] ?? ''
  const owner = keyOf(last).length > 0 && !possessive.test(from.replace(/#\d+$/, '')) ? possessive.exec(last)?.[0] : ''
  const opening = /^[\p{L}\p{N}]/u.test(to) ? before : ''
  const closing = /[\p{L}\p{N}]$/u.test(to) ? `${owner ?? ''}${after}` : ''
  return `${opening}${to}${closing}`
}

/** Segments whose words are as corrected: the same times, shared out by length where there are more or fewer words than before. */
export function correctCaptions(segments: readonly Segment[], corrections: readonly CaptionCorrection[]): Segment[] {
  return segments.map((segment) => {
    const mine = corrections.filter(({ start, end }) => start < segment.end && end > segment.start)
    return mine.length === 0 ? segment : { ...segment, words: mine.reduce(correctWords, segment.words) }
  })
}

function correctWords(words: Word[], { start, end, text }: CaptionCorrection): Word[] {
  const isMeant = (word: Word) => word.start >= start - 0.0005 && word.end <= end + 0.0005
  const meant = words.filter(isMeant)
  const [first, last] = [meant[0], meant.at(-1)]
  if (!first || !last) return words
  const index = words.indexOf(first)
  return [...words.slice(0, index), ...spread(text, meant), ...words.slice(index).filter((word) => !isMeant(word))]
}

function spread(text: string, meant: readonly Word[]): Word[] {
  const tokens = text.split(/\s+/).filter(Boolean)
  if (tokens.length === meant.length) return meant.map((word, i) => ({ ...word, text: tokens[i] ?? word.text }))
  const [start, end] = [meant[0]?.start ?? 0, meant.at(-1)?.end ?? 0]
  const letters = tokens.reduce((sum, token) => sum + token.length, 0)
  let before = 0
  return tokens.map((token) => {
    const from = start + ((end - start) * before) / letters
    before += token.length
    const to = start + ((end - start) * before) / letters
    return { text: token, start: roundToMs(from), end: roundToMs(to), confidence: null, timing: 'estimated' as const }
  })
}
