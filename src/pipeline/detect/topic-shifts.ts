import type { Sentence } from './sentence.ts'
import { depthsOf, twoWindows } from './two-windows.ts'

interface ShiftInput {
  sentences: readonly Sentence[]
  /** For each word of the recording the number of its content word, −1 for words that say nothing about the subject. */
  ids: Int32Array
  /** How telling each content word is. */
  weight: Float64Array
}

// About half a minute of speech on either side: less is a remark, more blurs subjects that last a minute.
const wordsAround = 80
// With fewer words than this on one side there is nothing to compare: the edges of a recording are no new subject.
const leastWords = 30
// A dip three standard deviations deeper than the mean one is as clear as it gets.
const clearest = 3
// Of a cosine, 0 to 1.
const leastDeviation = 0.05

/**
 * How much the words change before each sentence, 0 to 1: how deep the cosine between the words before and the words after it dips,
 * above the mean of the recording (TextTiling, Hearst 1997, with sentences for its token blocks). Time grows with the words alone.
 */
export function topicShifts(input: ShiftInput): Float64Array {
  const likeness = likenessAcross(input)
  const depths = depthsOf(likeness).map((depth, i) => {
    const border = input.sentences[i]?.firstWord ?? 0
    const isEdge = Math.min(border, input.ids.length - border) < leastWords
    return isEdge ? 0 : depth
  })
  return overMean(depths)
}

/** Cosine between the words before and after the start of each sentence; the two windows slide on word by word. */
function likenessAcross({ sentences, ids, weight }: ShiftInput): Float64Array {
  const windows = twoWindows(weight)
  const change = (word: number, inBefore: number, inAfter: number) => {
    const id = ids[word] ?? -1
    if (id >= 0) windows.change(id, inBefore, inAfter)
  }
  for (let word = 0; word < Math.min(wordsAround, ids.length); word++) change(word, 0, 1)
  let border = 0
  return Float64Array.from(sentences, ({ firstWord }) => {
    for (; border < firstWord; border++) {
      change(border, 1, -1)
      change(border + wordsAround, 0, 1)
      change(border - wordsAround, -1, 0)
    }
    return windows.likeness()
  })
}

function overMean(depths: Float64Array): Float64Array {
  const mean = depths.reduce((sum, depth) => sum + depth, 0) / Math.max(1, depths.length)
  const variance = depths.reduce((sum, depth) => sum + (depth - mean) ** 2, 0) / Math.max(1, depths.length)
  // Where all is alike, the deepest dip is none.
  const deviation = Math.max(leastDeviation, Math.sqrt(variance))
  return depths.map((depth) => Math.min(1, Math.max(0, (depth - mean) / deviation / clearest)))
}
