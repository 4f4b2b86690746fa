import type { WrittenWord } from './place-words.ts'
import { splitTextIntoWords } from './split-text-into-words.ts'

/** How far apart text and words may run before they meet again: engines drop or add a filler, not a sentence. */
const lookahead = 8
/** Below this share of matches the words are another text; then they are better used as they are. */
const leastMatched = 0.5

/**
 * Some engines give words without punctuation beside a text with it. Answers with the words of each text, with the
 * time of the word they match, else without one; null when texts and words do not belong together.
 */
export function alignWords(texts: readonly string[], words: readonly WrittenWord[]): WrittenWord[][] | null {
  const plainWords = words.map(({ text }) => plain(text))
  let next = 0
  let matched = 0
  let total = 0
  const aligned = texts.map((text) =>
    splitTextIntoWords(text).map((token): WrittenWord => {
      total++
      const wanted = plain(token)
      const distance = plainWords.slice(next, next + lookahead).indexOf(wanted)
      const word = distance === -1 ? undefined : words[next + distance]
      if (!word) return { text: token, start: null, end: null, confidence: null, speaker: null }
      next += distance + 1
      matched++
      return { ...word, text: token }
    }),
  )
  return matched >= total * leastMatched ? aligned : null
}

function plain(text: string): string {
  return text.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '')
}
