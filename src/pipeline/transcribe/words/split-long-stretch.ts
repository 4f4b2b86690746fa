import type { Word } from '../../../domain/transcript.ts'

/** A stretch without sentence marks reads like a sentence up to here; also a long caption screen, a breath or three. */
const mostWords = 30
const mostSeconds = 15
/** A sentence that ends in a full stop is one, however long, up to twice that. */
const sentenceAllowance = 2

/**
 * Splits what is too long for a segment at its best seam, again until it fits: the longest pause, else a clause mark,
 * else the middle; not so near the ends that a crumb is left.
 */
export function splitLongStretch(words: Word[]): Word[][] {
  const done: Word[][] = []
  const open = [words]
  for (let stretch = open.pop(); stretch; stretch = open.pop()) {
    const seam = isTooLong(stretch) ? bestSeam(stretch) : null
    if (seam === null) done.push(stretch)
    else open.push(stretch.slice(seam), stretch.slice(0, seam))
  }
  return done
}

function isTooLong(words: Word[]): boolean {
  const [first, last] = [words[0], words.at(-1)]
  if (!first || !last || words.length < 4) return false
  const allowance = /[.!?…。！？।؟۔]\p{P}*$/u.test(last.text) ? sentenceAllowance : 1
  return words.length > mostWords * allowance || last.end - first.start > mostSeconds * allowance
}

/** Index of the word that begins the second part. */
function bestSeam(words: Word[]): number {
  // Of a very long stretch the first part is cut off near its limit; halving it would ask for all pauses again and again.
  const reach = Math.min(words.length, mostWords * 2)
  const from = Math.max(1, Math.floor(reach / 5))
  let best = Math.floor(reach / 2)
  let bestScore = Number.NEGATIVE_INFINITY
  for (let index = from; index <= reach - from && index < words.length; index++) {
    const [before, after] = [words[index - 1], words[index]]
    if (!before || !after) continue
    const clause = /[;:—–]\p{P}*$/u.test(before.text) ? 0.3 : /[,，、،]\p{P}*$/u.test(before.text) ? 0.2 : 0
    const offCentre = Math.abs(index - reach / 2) / reach
    const score = Math.min(after.start - before.end, 1.5) + clause - offCentre * 0.2
    if (score > bestScore) [best, bestScore] = [index, score]
  }
  return best
}
