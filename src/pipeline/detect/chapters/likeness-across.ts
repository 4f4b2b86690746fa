import type { Sentence } from '../sentence.ts'
import type { Content } from './content-of.ts'

/**
 * Cosine between what is said in so many seconds before and after the start of each sentence (TextTiling, Hearst 1997, by time instead of
 * token blocks). Both windows slide, so that time grows with the words alone, however long the windows are.
 */
export function likenessAcross(
  sentences: readonly Sentence[],
  { ids, weights }: Content,
  seconds: number,
): Float64Array {
  const before = new Float64Array(weights.length)
  const after = new Float64Array(weights.length)
  let [dot, normBefore, normAfter] = [0, 0, 0]
  const change = (sentence: number, inBefore: number, inAfter: number) => {
    for (const id of ids[sentence] ?? []) {
      const square = (weights[id] ?? 0) ** 2
      const [b, a] = [before[id] ?? 0, after[id] ?? 0]
      const [newB, newA] = [b + inBefore, a + inAfter]
      dot += square * (newB * newA - b * a)
      normBefore += square * (newB * newB - b * b)
      normAfter += square * (newA * newA - a * a)
      before[id] = newB
      after[id] = newA
    }
  }
  const startOf = (i: number) => sentences[i]?.start ?? Number.POSITIVE_INFINITY
  let [oldest, next] = [0, 0]
  return Float64Array.from(sentences, ({ start }, i) => {
    for (; next < sentences.length && startOf(next) < start + seconds; next++) change(next, 0, 1)
    if (i > 0) change(i - 1, 1, -1)
    for (; oldest < i && startOf(oldest) < start - seconds; oldest++) change(oldest, -1, 0)
    // What rounding leaves of an empty window is no likeness.
    return normBefore * normAfter < 1e-9 ? 0 : dot / Math.sqrt(normBefore * normAfter)
  })
}

/** How deep each value lies below the tops of the slopes on both sides. */
export function depthsOf(values: Float64Array): Float64Array {
  const left = climbed(values)
  const right = climbed(values.toReversed()).toReversed()
  return values.map((value, i) => (left[i] ?? value) + (right[i] ?? value) - 2 * value)
}

function climbed(values: Float64Array): Float64Array {
  const tops = new Float64Array(values.length)
  for (const [i, value] of values.entries()) {
    const previous = values[i - 1]
    tops[i] = previous !== undefined && previous >= value ? (tops[i - 1] ?? value) : value
  }
  return tops
}
