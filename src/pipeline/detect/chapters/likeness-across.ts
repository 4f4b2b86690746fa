import type { Sentence } from '../sentence.ts'
import { twoWindows } from '../two-windows.ts'
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
  const windows = twoWindows(weights)
  const change = (sentence: number, inBefore: number, inAfter: number) => {
    for (const id of ids[sentence] ?? []) windows.change(id, inBefore, inAfter)
  }
  const startOf = (i: number) => sentences[i]?.start ?? Number.POSITIVE_INFINITY
  let [oldest, next] = [0, 0]
  return Float64Array.from(sentences, ({ start }, i) => {
    for (; next < sentences.length && startOf(next) < start + seconds; next++) change(next, 0, 1)
    if (i > 0) change(i - 1, 1, -1)
    for (; oldest < i && startOf(oldest) < start - seconds; oldest++) change(oldest, -1, 0)
    return windows.likeness()
  })
}
