/** Scripts written without blanks between words. */
const unspaced =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/u
// The longest words people say, in any language with blanks, are shorter than this; what is longer is glued together.
const longestWord = 60
/** A mark that is no word: not `&`, `%` and others that are spoken. */
const mark = /^(?![&@#%*§])[\p{P}|~^`´]+$/u
const opener = /^[\p{Ps}\p{Pi}¿¡"'“‘«„]+$/u

let dictionary: Intl.Segmenter | undefined

/** Whether a text has signs of a script without blanks between words: there, a blank ends a phrase. */
export function isUnspaced(text: string): boolean {
  return unspaced.test(text)
}

/** Whether a token is nothing but punctuation, such as the `?` that stands alone in French. */
export function isMark(token: string): boolean {
  return mark.test(token)
}

/** Whether a mark belongs to the word after it: `¿`, `«`, an opening bracket. */
export function isOpeningMark(token: string): boolean {
  return opener.test(token)
}

/**
 * The words of a token without blanks, with the marks that touch them: by dictionary (`Intl.Segmenter`) for Chinese, Japanese, Thai, Lao,
 * Khmer and Burmese, and for what is too long to be one word. All others are one word as they stand. Joined they are the token again.
 */
export function splitIntoTokens(token: string): string[] {
  if (!isUnspaced(token) && token.length <= longestWord) return [token]
  dictionary ??= new Intl.Segmenter('und', { granularity: 'word' })
  const words: string[] = []
  let opening = ''
  for (const { segment } of dictionary.segment(token)) {
    const isClosing = segment.trim() === '' || (isMark(segment) && !isOpeningMark(segment))
    if (isMark(segment) && isOpeningMark(segment)) opening += segment
    else if (isClosing && opening === '' && words.length > 0) words.push(`${words.pop() ?? ''}${segment}`)
    else {
      words.push(opening + segment)
      opening = ''
    }
  }
  return opening === '' ? words : [...words.slice(0, -1), `${words.at(-1) ?? ''}${opening}`]
}
