const rightToLeft = /[\p{Script=Hebrew}\p{Script=Arabic}\p{Script=Syriac}\p{Script=Thaana}\p{Script=Nko}]/u
const strong = /\p{L}/u

export type Direction = 'ltr' | 'rtl'

/** The direction of a word by its first letter; null for numbers and signs, which go with the text around them. */
export function directionOf(text: string): Direction | null {
  const letter = Array.from(text).find((sign) => strong.test(sign))
  if (letter === undefined) return null
  return rightToLeft.test(letter) ? 'rtl' : 'ltr'
}

/** The direction of a text made of words: the one most of its words have. */
export function baseDirection(words: readonly string[]): Direction {
  const directions = words.map(directionOf)
  const count = (direction: Direction) => directions.filter((its) => its === direction).length
  return count('rtl') > 0 && count('rtl') >= count('ltr') ? 'rtl' : 'ltr'
}

/**
 * The words of a line from left to right, as indexes: the word-wise part of the Unicode bidirectional algorithm (UAX #9,
 * rule L2 with levels by word). libass shapes each stretch between override tags by itself, so a line with a lit word
 * has to be put in order by us.
 */
export function visualOrder(words: readonly string[], base: Direction): number[] {
  const directions = words.map((word) => directionOf(word) ?? base)
  const order: number[] = []
  for (let at = 0; at < words.length; ) {
    let end = at
    while (end < words.length && directions[end] === directions[at]) end += 1
    const run = Array.from({ length: end - at }, (_, i) => at + i)
    // Inside a run the words go the run's way; the runs go the line's way.
    const placed = directions[at] === 'rtl' ? run.reverse() : run
    if (base === 'rtl') order.unshift(...placed)
    else order.push(...placed)
    at = end
  }
  return order
}

const mirrored = new Map(
  ['()', ')(', '[]', '][', '«»', '»«', '<>', '><'].map((pair) => [pair.charAt(0), pair.charAt(1)]),
)

/** A number as it is seen inside a right-to-left line: `25,` ends on its left, `(25)` looks the same. */
export function turnPunctuation(text: string): string {
  const [, before = '', number = '', after = ''] = /^([^\p{N}]*)(.*?)([^\p{N}%]*)$/u.exec(text) ?? []
  const turned = (signs: string) =>
    Array.from(signs, (sign) => mirrored.get(sign) ?? sign)
      .reverse()
      .join('')
  // Currency and number signs are part of the number.
  return /[\p{Sc}#+-]$/u.test(before) ? turned(after) + before + number : turned(after) + number + turned(before)
}

/**
 * The stretches of a right-to-left word from left to right: in `ב-React` the Hebrew letter is on the right. Signs between
 * Latin letters stay with them, all others go with the word.
 */
export function inVisualOrder(word: string): string[] {
  const pieces = word.match(/[^\p{L}]+|[\p{L}\p{M}]+/gu) ?? []
  const joined: { text: string; direction: Direction }[] = []
  for (const [i, text] of pieces.entries()) {
    const around = [pieces[i - 1] ?? '', pieces[i + 1] ?? ''].map(directionOf)
    const direction = directionOf(text) ?? (around.every((side) => side === 'ltr') ? 'ltr' : 'rtl')
    const last = joined.at(-1)
    if (last?.direction === direction) last.text += text
    else joined.push({ text, direction })
  }
  return joined.toReversed().map(({ text }) => text)
}
