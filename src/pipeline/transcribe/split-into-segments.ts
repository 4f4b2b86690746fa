import type { Segment, Word } from '../../domain/transcript.ts'
import { isSentenceEnd } from './is-sentence-end.ts'
import type { Turn } from './words/settle-words.ts'
import { splitLongStretch } from './words/split-long-stretch.ts'
import { joinWords } from './words/split-text-into-words.ts'

/** A pause this long ends a stretch even in the middle of a sentence: two captions of one clip can't span it. */
const longestPause = 4
/** Seconds; people breathe between sentences and rarely inside them, so text without full stops is split there. */
const sentencePause = 0.7
/** Words between two sentence ends, on average, from which on a text counts as unpunctuated. Spoken prose has 10 to 20. */
const punctuatedWords = 40

/**
 * Words of turns, in order, as sentence-like segments: by punctuation where the text has it, else by pauses; never
 * over a change of speaker, and never endless (`splitLongStretch`). Start and end are those of the first and last word.
 */
export function splitIntoSegments(turns: readonly Turn[], { language }: { language: string | null }): Segment[] {
  const segments = runsOf(turns).flatMap(({ speaker, words }) => {
    const sentences = splitAtSentences(words, language)
    const isPunctuated = words.length < sentences.length * punctuatedWords && endsSentence(sentences[0]?.at(-1))
    const stretches = isPunctuated ? sentences : sentences.flatMap((sentence) => splitAtPauses(sentence, sentencePause))
    return stretches.flatMap(splitLongStretch).map((stretch) => ({ speaker, words: stretch }))
  })
  return segments.flatMap(({ speaker, words }, ordinal) => {
    const [first, last] = [words[0], words.at(-1)]
    return first && last ? [{ ordinal, start: first.start, end: last.end, text: joinWords(words), speaker, words }] : []
  })
}

/** Turns of the same speaker joined, since a sentence goes on over cues; broken at long pauses. */
function runsOf(turns: readonly Turn[]): Turn[] {
  const runs: Turn[] = []
  for (const { speaker, words } of turns) {
    for (const part of splitAtPauses(words, longestPause)) {
      const run = runs.at(-1)
      const gap = (part[0]?.start ?? 0) - (run?.words.at(-1)?.end ?? 0)
      if (run && run.speaker === speaker && gap < longestPause) run.words.push(...part)
      else runs.push({ speaker, words: [...part] })
    }
  }
  return runs
}

function splitAtPauses(words: readonly Word[], pause: number): Word[][] {
  return splitAfter(
    words,
    (index) => (words[index + 1]?.start ?? Number.POSITIVE_INFINITY) - (words[index]?.end ?? 0) >= pause,
  )
}

/** `Intl.Segmenter` knows the sentence marks of every script; it does not know abbreviations. */
function splitAtSentences(words: readonly Word[], language: string | null): Word[][] {
  const borders = sentenceBorders(joinWords(words), language)
  let position = 0
  let first = 0
  return splitAfter(words, (index) => {
    const [word, next] = [words[index], words[index + 1]]
    if (!word || !next) return true
    // The seam to the next word is one blank or none, so its place in the joined text can be counted along.
    position += word.text.length + (joinWords([word, next]).length - word.text.length - next.text.length)
    const ends =
      borders.has(position) && isSentenceEnd({ word: word.text, next: next.text, isFirst: index === first, language })
    if (ends) first = index + 1
    return ends
  })
}

function sentenceBorders(text: string, language: string | null): Set<number> {
  const segmenter = new Intl.Segmenter(language ?? 'en', { granularity: 'sentence' })
  return new Set([...segmenter.segment(text)].map(({ index }) => index))
}

function endsSentence(word: Word | undefined): boolean {
  return word !== undefined && /[.!?…。！？।؟۔][\p{P}]*$/u.test(word.text)
}

function splitAfter(words: readonly Word[], isLast: (index: number) => boolean): Word[][] {
  const parts: Word[][] = []
  let part: Word[] = []
  for (const [index, word] of words.entries()) {
    part.push(word)
    if (!isLast(index)) continue
    parts.push(part)
    part = []
  }
  if (part.length > 0) parts.push(part)
  return parts
}
