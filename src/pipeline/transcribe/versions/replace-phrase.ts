import type { Segment, Word } from '../../../domain/transcript.ts'
import { joinWords, splitTextIntoWords } from '../words/split-text-into-words.ts'
import { plainWord } from './plain-word.ts'
import { spreadOver } from './spread-over.ts'
import { PhraseNotFound, TranscriptWouldBeEmpty } from './version-errors.ts'

export interface Replacing {
  segments: readonly Segment[]
  /** One word or several, within a sentence. */
  find: string
  /** Instead of them; nothing removes them. */
  replacement: string
  language: string | null
}

/**
 * Replaces a word or phrase wherever it is said. As many words keep their times one by one; more or fewer share the time of those they
 * replace, so that words can be split and joined. Punctuation around the phrase stays unless the replacement brings its own.
 * @throws PhraseNotFound | TranscriptWouldBeEmpty
 */
export function replacePhrase({ segments, find, replacement, language }: Replacing): {
  segments: Segment[]
  count: number
} {
  const wanted = splitTextIntoWords(find, language).map(plainWord)
  const instead = splitTextIntoWords(replacement, language)
  let count = 0
  const replaced = segments.map((segment) => {
    const words: Word[] = []
    for (let at = 0; at < segment.words.length; ) {
      const found =
        wanted.length > 0 && wanted.every((word, i) => plainWord(segment.words[at + i]?.text ?? '') === word)
      const old = segment.words.slice(at, at + (found ? wanted.length : 1))
      words.push(...(found ? substitute(old, instead) : old))
      if (found) count++
      at += old.length
    }
    return { ...segment, words }
  })
  if (count === 0) throw new PhraseNotFound(find)
  return { segments: settleSegments(replaced), count }
}

/** Segments whose words were changed: text and times follow the words, empty ones go. @throws TranscriptWouldBeEmpty */
export function settleSegments(segments: readonly Segment[]): Segment[] {
  const kept = segments.flatMap((segment) => {
    const [first, last] = [segment.words[0], segment.words.at(-1)]
    return first && last ? [{ ...segment, start: first.start, end: last.end, text: joinWords(segment.words) }] : []
  })
  if (kept.length === 0) throw new TranscriptWouldBeEmpty()
  return kept.map((segment, ordinal) => ({ ...segment, ordinal }))
}

function substitute(old: readonly Word[], instead: readonly string[]): Word[] {
  const [first, last] = [old[0], old.at(-1)]
  if (!first || !last || instead.length === 0) return []
  const texts = [...instead]
  texts[0] = `${opening.exec(first.text)?.[0] ?? ''}${texts[0]?.replace(opening, '') ?? ''}`
  const ownEnd = closing.exec(texts.at(-1) ?? '')?.[0] ?? ''
  if (ownEnd === '') texts[texts.length - 1] = `${texts.at(-1) ?? ''}${closing.exec(last.text)?.[0] ?? ''}`
  if (texts.length === old.length) return texts.map((text, i) => ({ ...(old[i] ?? first), text, confidence: null }))
  return spreadOver(texts, { start: first.start, end: last.end }, texts.length === 1 ? first.timing : 'estimated')
}

const opening = /^[\p{Ps}\p{Pi}"'“‘«¿¡]+/u
const closing = /[\p{Po}\p{Pe}\p{Pf}"'”’»…]+$/u
