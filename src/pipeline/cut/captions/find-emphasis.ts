import { endsSentence } from './break-cost.ts'
import { grammarWords } from './grammar-words.ts'
import type { Token } from './split-into-tokens.ts'

/** At most this share of the words stands out: more, and none does. */
const mostShare = 0.2
/** Of what is neither a number nor a name, only words at least this long: short words are mostly grammar in every language (Zipf's law of abbreviation). */
const leastLetters = 6

/**
 * The words that carry what is said, by weight: numbers, then names, then words that are long and said but once or twice
 * here and not mere grammar. Works for every language; scripts without capital letters have no names to it.
 */
export function findEmphasis(tokens: readonly Token[]): Set<Token> {
  const counts = new Map<string, number>()
  for (const { text } of tokens) counts.set(keyOf(text), (counts.get(keyOf(text)) ?? 0) + 1)
  const written = new Set(tokens.map(({ text }) => text.replace(/[^\p{L}\p{N}\p{M}]/gu, '')))
  const weighed = tokens.map((token, i) => ({ token, weight: weightOf(token, tokens[i - 1], { counts, written }) }))
  const most = Math.max(1, Math.floor(mostShare * tokens.length))
  const chosen = weighed
    .filter(({ weight }) => weight > 0)
    .toSorted((a, b) => b.weight - a.weight)
    .slice(0, most)
  return withWholeNames(new Set(chosen.map(({ token }) => token)), tokens)
}

/** A name of several words stands out as a whole. */
function withWholeNames(chosen: Set<Token>, tokens: readonly Token[]): Set<Token> {
  const joins = (a: Token, b: Token) => startsLikeName(a.text) && startsLikeName(b.text) && !/[.,;:!?]$/.test(a.text)
  for (const [i, token] of tokens.entries()) {
    const before = tokens[i - 1]
    if (before !== undefined && joins(before, token) && chosen.has(before)) chosen.add(token)
  }
  for (const [i, token] of [...tokens.entries()].toReversed()) {
    const before = tokens[i - 1]
    if (before !== undefined && joins(before, token) && chosen.has(token) && isName(before.text, tokens[i - 2]))
      chosen.add(before)
  }
  return chosen
}

function keyOf(text: string): string {
  return text.replace(/[^\p{L}\p{N}\p{M}]/gu, '').toLowerCase()
}

interface Spelling {
  /** How often each word is said, whatever its case. */
  counts: ReadonlyMap<string, number>
  /** The words as they are written. */
  written: ReadonlySet<string>
}

function weightOf({ text }: Token, previous: Token | undefined, { counts, written }: Spelling): number {
  const key = keyOf(text)
  const letters = Array.from(key).length
  if (/\p{N}/u.test(key)) return 4
  if (grammarWords.has(key)) return 0
  // A word that is also written small is no name: `The` after an initial, or in a title.
  if (isName(text, previous) && !written.has(key)) return 3
  const count = counts.get(key) ?? 1
  // These scripts pack a word into two or three characters.
  const long = /[\p{Script=Han}\p{Script=Hangul}\p{Script=Katakana}]/u.test(key)
    ? letters >= 3
    : letters >= leastLetters
  return long && count <= 2 ? Math.min(2, letters / 8) / count : 0
}

/** Capitalised where a sentence does not begin, also none that is quoted, and not the English "I". */
function isName(text: string, previous: Token | undefined): boolean {
  if (previous === undefined || endsSentence(previous.text) || previous.text.endsWith(':')) return false
  if (previous.text.endsWith(',') && /^["'“‘«„]/.test(text)) return false
  return startsLikeName(text)
}

function startsLikeName(text: string): boolean {
  return /^["'“‘(«]*\p{Lu}[\p{L}\p{M}]/u.test(text) && !/^I['’]/.test(text)
}
