import type { Sentence } from './sentence.ts'
import { plain } from './sentence-counts.ts'

interface SentenceSpan {
  first: number
  last: number
}

// Shorter ones ("Yeah, exactly.") are said again by everybody.
const leastWords = 5

/**
 * How much of two spans is the same, word for word, 0 to 1 of the one with fewer words: a teaser and the passage it was taken from, an
 * announcement made twice. Counts whole sentences of five words or more. Quick for many first spans with few second ones.
 */
export function saidAgain(sentences: readonly Sentence[]): (a: SentenceSpan, b: SentenceSpan) => number {
  const numbers = numbered(sentences)
  const kept = new Map<number, { said: ReadonlySet<number>; words: number }>()
  const wordsOf = (i: number) => (sentences[i]?.lastWord ?? -1) - (sentences[i]?.firstWord ?? 0) + 1

  function keep({ first, last }: SentenceSpan) {
    const key = first * sentences.length + last
    const known = kept.get(key)
    if (known !== undefined) return known
    const said = new Set<number>()
    let words = 0
    for (let i = first; i <= last; i++) {
      words += wordsOf(i)
      if (isSaidTwice(i)) said.add(numbers.ids[i] ?? 0)
    }
    if (kept.size >= mostKept) kept.clear()
    kept.set(key, { said, words })
    return { said, words }
  }

  function isSaidTwice(i: number): boolean {
    return (numbers.uses[numbers.ids[i] ?? 0] ?? 0) > 1
  }

  return (a, b) => {
    const other = keep(b)
    if (other.said.size === 0) return 0
    let [same, words] = [0, 0]
    for (let i = a.first; i <= a.last; i++) {
      const length = wordsOf(i)
      words += length
      if (isSaidTwice(i) && other.said.has(numbers.ids[i] ?? 0)) same += length
    }
    return Math.min(1, same / Math.max(1, Math.min(words, other.words)))
  }
}

const mostKept = 256

/** For each sentence a number that equal ones share, 0 for short ones, and how often each number comes. */
function numbered(sentences: readonly Sentence[]): { ids: Int32Array; uses: number[] } {
  const known = new Map<string, number>()
  const uses = [0]
  const ids = Int32Array.from(sentences, ({ text, firstWord, lastWord }) => {
    if (lastWord - firstWord + 1 < leastWords) return 0
    const letters = plain(text).replace(/[^\p{L}\p{M}\p{N}]+/gu, ' ')
    const id = known.get(letters) ?? known.size + 1
    known.set(letters, id)
    uses[id] = (uses[id] ?? 0) + 1
    return id
  })
  return { ids, uses }
}
