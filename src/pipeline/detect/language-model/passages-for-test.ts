import type { Passage } from './passage.ts'

/** Passages of three sentences each, ten sentences apart; each may begin two sentences earlier. */
export function somePassages(
  count: number,
  text = (number: number) => `Sentence ${number} is about boats.`,
): Passage[] {
  return Array.from({ length: count }, (_, i) => {
    const first = 10 * (i + 1)
    const numbered = (from: number, to: number) =>
      Array.from({ length: to - from + 1 }, (_, k) => ({ number: from + k, speaker: 'Ana', text: text(from + k) }))
    return {
      number: i + 1,
      firstSentence: first,
      lastSentence: first + 2,
      earliestSentence: first - 2,
      seconds: 20,
      before: numbered(first - 3, first - 1),
      sentences: numbered(first, first + 2),
      after: numbered(first + 3, first + 3),
    }
  })
}
