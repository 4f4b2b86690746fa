import type { Token } from './split-into-tokens.ts'

/** Whether a sentence ends with this text; `Dr.` and `3.5` don't end one. */
export function endsSentence(text: string): boolean {
  return /[.!?…。！？؟।]["'”’»)\]」』]*$/u.test(text) && !isAbbreviation(text)
}

export function endsClause(text: string): boolean {
  return /[,;:–—،؛、，；：]["'”’»)\]」』]*$/u.test(text)
}

function isAbbreviation(text: string): boolean {
  return /^(?:(?:mr|mrs|ms|dr|prof|st|sr|jr|vs|no|nr|inc|ltd|etc|e\.g|i\.e)\.|(?:\p{Lu}\.)+)$/iu.test(text)
}

// Words that lean on the next one, in the languages most recordings are in. A short list is enough: it only shifts costs.
const leaning = new Set(
  (
    'a an the of to in on at by for from with and or but if as that than my your his her its our their this these is are was were be ' +
    'not no very so i you he she we they it el la los las un una de del en y o que por para con mi tu su le les des du au et ou ' +
    'dans sur pour avec mon ma ton ta son sa der die das den dem des ein eine einen und oder zu im am von mit für il lo gli i di ' +
    'da nel e o per con o os um uma do dos em e ou para com'
  ).split(' '),
)

/** Particles that belong to the word before them: no line of Japanese, Chinese or Thai begins with one. */
const leansBack =
  /^(?:[をにはがのでともへかねよばてたっんゃゅょー々]|です|ます|まし|から|まで|[的了着过吗呢吧们地得个]|นี่|นี้|นั้น|ครับ|ค่ะ)/u

/**
 * How much it hurts to break between two tokens: 0 after a sentence, about 3 in the middle of a clause, more where a
 * name, a number with its unit, or a word with the one it leans on would be torn apart. Unit-free; tuned by reading.
 */
export function breakCost(previous: Token, next: Token): number {
  if (previous.speaker !== next.speaker) return 0
  if (endsSentence(previous.text)) return 0
  if (endsClause(previous.text)) return 1
  // After a silence, the point of `A, M.` ends a sentence.
  if (isAbbreviation(previous.text) && next.start - previous.end >= 0.3) return 0.5
  return Math.max(0.5, 3 + tieBetween(previous, next) - pauseBonus(next.start - previous.end))
}

function pauseBonus(pause: number): number {
  if (pause >= 0.5) return 3
  return pause >= 0.2 ? 1.5 : 0
}

function tieBetween(previous: Token, next: Token): number {
  const [before, after] = [previous.text, next.text]
  // A word that was cut because it is too long should stay on one screen.
  if (next.glued && before.endsWith('-')) return 6
  if (next.glued && leansBack.test(after)) return 4
  if (isAbbreviation(before)) return 6
  if (isNumber(before) && !isNumber(after)) return 4
  if (isNumber(before) && isNumber(after)) return 5
  if (isName(before) && isName(after)) return 5
  if (isNumber(after)) return 1.5
  return leaning.has(before.toLowerCase()) ? 2.5 : 0
}

function isNumber(text: string): boolean {
  return /^[\p{Sc}#]?\p{Nd}[\p{Nd}.,:%]*$/u.test(text) || /^[$€£¥]\p{Nd}/u.test(text)
}

/** Capitalised, and not the English "I" or "I'm". */
function isName(text: string): boolean {
  return /^\p{Lu}/u.test(text) && !/^I(?:['’]\p{L}+)?$/u.test(text)
}
