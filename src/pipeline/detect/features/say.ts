const small = ['no', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine', 'ten', 'eleven', 'twelve']

/** `three names`, `one name`, `14 names`. */
export function say(count: number, noun: string): string {
  return `${small[count] ?? count} ${noun}${count === 1 ? '' : 's'}`
}

/** `once`, `twice`, `three times`. */
export function sayTimes(count: number): string {
  return ['never', 'once', 'twice'][count] ?? say(count, 'time')
}

/** A sentence's first letter made big. */
export function capitalised(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1)
}

/** Up to three different words, quoted: `“joke”, “ridiculous”`. */
export function quoted(words: readonly string[], most = 3): string {
  return [...new Set(words)]
    .slice(0, most)
    .map((word) => `“${word}”`)
    .join(', ')
}
