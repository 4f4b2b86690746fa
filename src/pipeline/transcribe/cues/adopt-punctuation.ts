import type { Cue } from '../transcriber.ts'
import { splitTextIntoWords } from '../words/split-text-into-words.ts'

/** Words to one sentence mark, on average, from which on a text counts as heard without punctuation. Spoken prose has 10 to 20. */
const punctuatedWords = 40
/** Fewer words than this prove nothing. */
const leastWords = 20

/** Whether cues were heard without full stops. */
export function lacksPunctuation(cues: readonly Cue[]): boolean {
  let [words, marks] = [0, 0]
  for (const { text } of cues) {
    words += text.split(/\s+/).length
    marks += text.match(/[.!?…。！？।؟۔](?=\s|$)/g)?.length ?? 0
  }
  return words >= leastWords && words > marks * punctuatedWords
}

/**
 * The cue with the punctuation and capitals of `text`, which must say the same words: a model that sets punctuation must not change,
 * add or leave out any. Otherwise the cue as it is.
 */
export function adoptPunctuation(cue: Cue, text: string): Cue {
  const texts = splitTextIntoWords(text)
  const own = cue.words?.map((word) => word.text) ?? splitTextIntoWords(cue.text)
  if (texts.length !== own.length || texts.some((one, index) => plain(one) !== plain(own[index] ?? ''))) return cue
  const words = cue.words?.map((word, index) => ({ ...word, text: texts[index] ?? word.text })) ?? null
  return { ...cue, text: texts.join(' '), words }
}

function plain(text: string): string {
  return text.toLowerCase().replace(/[^\p{L}\p{M}\p{N}]/gu, '')
}
