import { keyOf, type SpokenWord, type WordRun } from '../tighten/spoken-word.ts'

/** `you know#2` → the second time it is said. */
const counted = /^(.*\S)\s*#([1-9]\d{0,3})$/s

/**
 * Where words are said, by their letters alone: marks and capitals make no difference, `John` is also in `John's`, and languages
 * without blanks need none. With `#2` at the end only the second time. Empty when it is not said.
 */
export function findPhrase(words: readonly SpokenWord[], phrase: string): WordRun[] {
  const [, text = phrase, number] = counted.exec(phrase.trim()) ?? []
  const all = occurrencesOf(words, keyOf(text))
  return number === undefined ? all : all.slice(Number(number) - 1, Number(number))
}

function occurrencesOf(words: readonly SpokenWord[], letters: string): WordRun[] {
  const found: WordRun[] = []
  if (letters === '') return found
  for (let first = 0; first < words.length; ) {
    const last = endOf(words, first, letters)
    if (last === null) first++
    else {
      found.push({ first, last })
      first = last + 1
    }
  }
  return found
}

function endOf(words: readonly SpokenWord[], first: number, letters: string): number | null {
  let said = ''
  for (let last = first; last < words.length; last++) {
    const text = words[last]?.text ?? ''
    const key = keyOf(text)
    if (last === first && key === '') return null
    if (said + key === letters || said + keyOf(text.replace(possessive, '')) === letters) return last
    said += key
    if (!letters.startsWith(said)) return null
  }
  return null
}

/** `'s` at the end of a word, before its marks. */
export const possessive = /['’]s(?=[^\p{L}\p{N}]*$)/u
