import type { Sentence } from '../sentence.ts'
import { plain } from '../sentence-counts.ts'

/** Words and pairs of words around a border, as a list of marks such as `o:moving on`; learned weights say which announce something new. */
export function cueMarks(sentences: readonly Sentence[], i: number): string[] {
  return [
    ...marks('o', opening(sentences[i], wordsRead)),
    ...marks('n', opening(sentences[i + 1], wordsRead)),
    ...marks('p', closing(sentences[i - 1], wordsRead)),
    ...marks('q', closing(sentences[i - 2], wordsRead)),
  ]
}

/** How much the words around each sentence announce something new: the sum of what their marks weigh. */
export function cueScores(weights: Readonly<Record<string, number>>, sentences: readonly Sentence[]): Float64Array {
  return Float64Array.from(sentences, (_, i) => {
    let sum = 0
    for (const mark of new Set(cueMarks(sentences, i))) sum += weights[mark] ?? 0
    return sum
  })
}

// A dozen words hold "okay, so let's move on to the next item on the agenda".
const wordsRead = 12

function marks(place: string, words: readonly string[]): string[] {
  return words.flatMap((word, i) => {
    const next = words[i + 1]
    return next === undefined ? [`${place}:${word}`] : [`${place}:${word}`, `${place}:${word} ${next}`]
  })
}

const wordsOf = (sentence: Sentence | undefined) =>
  sentence === undefined ? [] : (plain(sentence.text).match(/[\p{L}']+/gu) ?? [])
const opening = (sentence: Sentence | undefined, most: number) => wordsOf(sentence).slice(0, most)
const closing = (sentence: Sentence | undefined, most: number) => wordsOf(sentence).slice(-most)
