import type { Sentence } from './sentence.ts'
import { bare, endsInQuestion, plain } from './sentence-counts.ts'
import { imperatives, irregularPast } from './vocabulary.ts'

/** Times that a speaker denies what another has just said; 0 unless at least two of them do, since one alone may be surprised. */
export function countContradictions(sentences: readonly Sentence[]): number {
  const denials = sentences.filter((sentence, i) => {
    const previous = sentences[i - 1]
    return (
      previous !== undefined &&
      previous.speaker !== sentence.speaker &&
      !endsInQuestion(previous.text) &&
      denies(sentence)
    )
  })
  return new Set(denials.map(({ speaker }) => speaker)).size > 1 ? denials.length : 0
}

// "It isn't.", "No, listen!", "That's not a business": short, and about what was said.
const denial =
  /^(?:no\b|nope\b|(?:but |well,? )?(?:i|it|that|this|you|they|we|he|she)(?:'s|'re|'m)?\s(?:\w+\s)?(?:not|never|isn't|wasn't|aren't|don't|doesn't|didn't|can't|won't)\b|i (?:disagree|doubt)\b)/u
const mostDenialWords = 12

function denies({ text, firstWord, lastWord }: Sentence): boolean {
  return lastWord - firstWord < mostDenialWords && !endsInQuestion(text) && denial.test(plain(text))
}

/** Sentences that tell the listener to do something, or not to. */
export function countImperatives(sentences: readonly Sentence[]): number {
  return sentences.filter(({ text }) => !endsInQuestion(text) && imperatives.has(firstWordOf(text))).length
}

/** Words in a past form. */
export function countPast(sentences: readonly Sentence[]): number {
  const said = sentences.flatMap(({ text }) => plain(text).split(/\s+/).map(bare))
  return said.filter((word) => irregularPast.has(word) || /^[a-z]{3,}[^e]ed$/.test(word)).length
}

/** Times that somebody's words are told: `he says: "And her?"`. */
export function countQuotes(sentences: readonly Sentence[]): number {
  return sentences.reduce((sum, { text }) => sum + (text.match(/[:,]\s["“„«]/gu)?.length ?? 0), 0)
}

function firstWordOf(text: string): string {
  return plain(text).match(/[\p{L}']+/u)?.[0] ?? ''
}
