/** Scripts written without blanks between words. */
const unspaced =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/u
/** The long vowel mark and CJK punctuation belong to no script, but to the same writing. */
const unspacedEdge = /[\u3000-\u303f\u30fc\uff01-\uff60\uffe0-\uffee]/
const onlyPunctuation = /^(?![&@#%*§])[\p{P}\p{Z}|~^`´]+$/u
const opener = /^[\p{Ps}\p{Pi}¿¡"'“‘«„]+$/u
const segmenters = new Map<string, Intl.Segmenter>()

/**
 * The words of a text, each with the punctuation that touches it. A mark that stands alone (`--`, a French ` !`) joins
 * its neighbour by a no-break space, so that every word has something to say. Chinese, Japanese, Thai and others
 * without blanks are split by dictionary (`Intl.Segmenter`). Joined by `joinWords` they read as before.
 */
export function splitTextIntoWords(text: string, language: string | null = null): string[] {
  const tokens = text
    .split(/[\s\u00a0]+/)
    .filter((token) => token !== '')
    .flatMap((token) => (unspaced.test(token) ? splitUnspaced(token, language) : [token]))
  return attachPunctuation(tokens)
}

/** Words as running text: no blank between two words when one side of the seam is a script without blanks. */
export function joinWords(words: readonly { text: string }[]): string {
  let joined = ''
  let before = ''
  for (const { text } of words) {
    joined += (before === '' || isSeamless(before, text) ? '' : ' ') + text
    before = text
  }
  return joined
}

/** Whether the word is written in a script without blanks between words. */
export function isUnspaced(text: string): boolean {
  return unspaced.test(text)
}

function isSeamless(before: string, after: string): boolean {
  const last = /.$/su.exec(before)?.[0] ?? ''
  const first = /^./su.exec(after)?.[0] ?? ''
  const isUnspacedCharacter = (character: string) => unspaced.test(character) || unspacedEdge.test(character)
  return isUnspacedCharacter(last) || isUnspacedCharacter(first)
}

function splitUnspaced(token: string, language: string | null): string[] {
  return joinTouching([...segmenterFor(language).segment(token)].map(({ segment }) => segment))
}

/** Punctuation inside an unspaced token touches its neighbours without any space. */
function joinTouching(parts: string[]): string[] {
  const words: string[] = []
  let opening = ''
  for (const part of parts) {
    if (opener.test(part)) opening += part
    else if (onlyPunctuation.test(part) && words.length > 0 && opening === '') words.push(`${words.pop()}${part}`)
    else {
      words.push(opening + part)
      opening = ''
    }
  }
  if (opening !== '') words.push(`${words.pop() ?? ''}${opening}`)
  return words
}

function attachPunctuation(tokens: string[]): string[] {
  const words: string[] = []
  let opening = ''
  for (const token of tokens) {
    if (!onlyPunctuation.test(token)) {
      words.push(opening + token)
      opening = ''
    } else if (opener.test(token)) opening += `${token}\u00a0`
    else if (words.length > 0) words.push(`${words.pop()}\u00a0${token}`)
  }
  return words
}

function segmenterFor(language: string | null): Intl.Segmenter {
  const key = language ?? 'ja'
  const known = segmenters.get(key) ?? new Intl.Segmenter(key, { granularity: 'word' })
  segmenters.set(key, known)
  return known
}
