import type { Segment, Word } from '../../../domain/transcript.ts'

/** A word with who says it; times in seconds of the recording. */
export interface SpokenWord extends Word {
  speaker: string | null
}

/** Words next to each other, by their places in a list; both ends belong to it. */
export interface WordRun {
  first: number
  last: number
}

export function spokenWords(segments: readonly Segment[]): SpokenWord[] {
  return segments
    .flatMap(({ words, speaker }) => words.map((word) => ({ ...word, speaker })))
    .sort((a, b) => a.start - b.start)
}

/** What two writings of a word share: small letters and digits, nothing else. */
export function keyOf(text: string): string {
  return text
    .normalize('NFC')
    .toLowerCase()
    .replace(/[^\p{L}\p{M}\p{N}]/gu, '')
}

export function textOf(words: readonly SpokenWord[], { first, last }: WordRun): string {
  return words
    .slice(first, last + 1)
    .map(({ text }) => text)
    .join(' ')
}

const closing = `["'”’»)\\]]*$`
const sentenceEnd = new RegExp(`[.!?…。！？।]${closing}`, 'u')
const anyMark = new RegExp(`[.,;:!?…—–。、，！？।-]${closing}`, 'u')

export function endsSentence({ text }: SpokenWord): boolean {
  return sentenceEnd.test(text)
}

export function endsWithMark({ text }: SpokenWord): boolean {
  return anyMark.test(text)
}

/** Seconds of nothing that tell one thing said from the next. */
const leastPause = 0.15

/** Whether something ends after this word: a mark, a pause, a turn. Estimated times know of no pause. */
export function breaksAfter(words: readonly SpokenWord[], index: number): boolean {
  const [word, next] = [words[index], words[index + 1]]
  if (!word || !next || endsWithMark(word) || word.speaker !== next.speaker) return true
  return word.timing === 'exact' && next.timing === 'exact' && next.start - word.end >= leastPause
}
