// Of the languages that openings are known in: no sentence ends with these, whatever mark is set after them.
const goesOn =
  /(?<![\p{L}'’])(?:and|but|or|because|if|the|an?|u[hm]+|erm?|und|aber|oder|weil|dass|ähm?|porque|pero|et|mais|parce que|euh|mas)[\s\p{P}]*$/iu
// Two marks, not two or more: from each of ten thousand to the last would be looked at ten thousand times.
const dashes = /(?:--|[–—])["'”’»\s]*$/u
const dots = /(?:\.\.|…|‥)["'”’»\s]*$/u

/**
 * How much a sentence ends in the middle of a thought, 0 to 1: 1 on "but…" or "uh", 0.6 where somebody is cut short ("I was going to--"),
 * 0.3 on dots, which some transcribers set after any sentence.
 */
export function trailsOff(text: string): number {
  if (goesOn.test(text)) return 1
  if (dashes.test(text)) return 0.6
  return dots.test(text) ? 0.3 : 0
}
