import type { RecordingFacts } from '../recording-facts.ts'

/** Who goes on speaking, sentence by sentence. */
export interface Turns {
  /** Of each sentence. */
  number: Int32Array
  /** Words from each sentence to the end of its turn. */
  wordsLeft: Float64Array
}

export function turnsOf({ sentences }: RecordingFacts): Turns {
  const number = new Int32Array(sentences.length)
  const wordsLeft = new Float64Array(sentences.length)
  for (let i = 1; i < sentences.length; i++) {
    number[i] = (number[i - 1] ?? 0) + (sentences[i]?.speaker === sentences[i - 1]?.speaker ? 0 : 1)
  }
  for (let i = sentences.length - 1; i >= 0; i--) {
    const own = (sentences[i]?.lastWord ?? 0) - (sentences[i]?.firstWord ?? 0) + 1
    wordsLeft[i] = own + (number[i] === number[i + 1] ? (wordsLeft[i + 1] ?? 0) : 0)
  }
  return { number, wordsLeft }
}

/** Words of the longest turn that begins in a stretch, or goes on into it. */
export function longestTurn({ number, wordsLeft }: Turns, { first, last }: { first: number; last: number }): number {
  let longest = 0
  for (let i = first; i <= last; i++) {
    if (i > first && number[i] === number[i - 1]) continue
    longest = Math.max(longest, wordsLeft[i] ?? 0)
  }
  return longest
}
