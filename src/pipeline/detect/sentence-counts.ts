import type { Sentence } from './sentence.ts'
import type { SpokenWord } from './spoken-words.ts'
import {
  advicePhrases,
  contrastPhrases,
  disagreementPhrases,
  emotionPhrases,
  hookPhrases,
  housekeepingPhrases,
  humourPhrases,
  insightPhrases,
  newsPhrases,
  numberWords,
  reactionWords,
  storyPhrases,
  superlativePhrases,
} from './vocabulary.ts'

/** What is counted in every sentence with the help of word lists. */
const patterns = {
  humour: humourPhrases,
  emotion: emotionPhrases,
  hook: hookPhrases,
  contrast: contrastPhrases,
  superlative: superlativePhrases,
  story: storyPhrases,
  advice: advicePhrases,
  insight: insightPhrases,
  news: newsPhrases,
  disagreement: disagreementPhrases,
  housekeeping: housekeepingPhrases,
}

export type PatternName = keyof typeof patterns

/** Marks that say whether a capital letter means a name here, and who speaks. */
export interface NameSigns {
  /** False where capitals say nothing: all capitals, none, or nouns with capitals as in German. */
  capitalsMeanNames: boolean
  /** First names of the speakers, in small letters. */
  speakers: ReadonlySet<string>
}

/** The matches of a word list in a text, in small letters, in order, repeats kept. */
export function matchesOf(name: PatternName, text: string): string[] {
  return plain(text).match(patterns[name]) ?? []
}

/** Small letters and straight apostrophes, as the word lists are written. */
export function plain(text: string): string {
  return text.toLowerCase().replace(/[’ʼ]/g, "'")
}

/** A word without the marks around it: `"Ana's,` becomes `Ana's`. */
export function bare(word: string): string {
  return word.replace(/^[^\p{L}\p{N}]+|[^\p{L}\p{M}\p{N}]+$/gu, '').replace(/[’ʼ]/g, "'")
}

/** Whether a text asks at its end, by the marks of any script: `?`, `؟`, `？`, the Greek `;`, the Armenian `՞` inside its last word. */
export function endsInQuestion(text: string): boolean {
  return questionEnd.test(text)
}

const questionEnd = /(?:[?？؟⸮⁇⁈⁉‽፧]|\p{Script=Greek}[;\u037e])[!！?？.…]*[\p{Pe}\p{Pf}\p{Pi}"'\s]*$|՞[^\s։]*։?\s*$/u

/** Names in a sentence: words with a capital that do not open it. Neighbouring ones are one name. */
export function namesIn(words: readonly SpokenWord[], { capitalsMeanNames }: NameSigns): string[] {
  if (!capitalsMeanNames) return []
  const names: string[] = []
  let open = false
  for (const [i, word] of words.entries()) {
    const text = bare(word.text)
    const starts = i === 0 || /[.!?…:"“]$/u.test(words[i - 1]?.text ?? '') || /^["“'‘(]/u.test(word.text)
    const isName = !starts && /^\p{Lu}/u.test(text) && !/^I(?:'|$)/.test(text)
    if (isName && open) names.push(`${names.pop()} ${withoutPossessive(text)}`)
    else if (isName) names.push(withoutPossessive(text))
    open = isName && !/[,;:]$/.test(word.text)
  }
  return names
}

/** Numbers in a sentence, in figures or in English words, as said. */
export function numbersIn(words: readonly SpokenWord[]): string[] {
  return words.map((word) => bare(word.text)).filter((text) => /\d/.test(text) || numberWords.has(text.toLowerCase()))
}

/** How often a sentence calls one of the speakers by name. */
export function countAddresses(words: readonly SpokenWord[], { speakers }: NameSigns): number {
  return words.reduce((sum, word) => sum + (speakers.has(withoutPossessive(bare(word.text)).toLowerCase()) ? 1 : 0), 0)
}

/** Whether a sentence opens like a reaction to what was just said ("Oh wow", "No!", "Exactly"). */
export function opensWithReaction(sentence: Sentence): boolean {
  const first = plain(sentence.text).match(/[\p{L}\p{N}']+/u)?.[0]
  return first !== undefined && reactionWords.has(first)
}

function withoutPossessive(name: string): string {
  return name.replace(/'s$/i, '')
}
