/** Two windows of words side by side, whose likeness is known at any time. */
export interface TwoWindows {
  /** Adds to how often a content word is in the window before, and in the one after; below 0 takes away. */
  change: (word: number, inBefore: number, inAfter: number) => void
  /** Cosine between the two, 0 to 1; 0 while one is empty. */
  likeness: () => number
}

/**
 * Compares what is said before and after a place that moves on (TextTiling, Hearst 1997). `weights` says how telling each content word is.
 * Each change costs the same however long the windows are.
 */
export function twoWindows(weights: Float64Array): TwoWindows {
  const before = new Float64Array(weights.length)
  const after = new Float64Array(weights.length)
  let [dot, normBefore, normAfter] = [0, 0, 0]
  return {
    change(word, inBefore, inAfter) {
      const square = (weights[word] ?? 0) ** 2
      const [b, a] = [before[word] ?? 0, after[word] ?? 0]
      const [newB, newA] = [b + inBefore, a + inAfter]
      dot += square * (newB * newA - b * a)
      normBefore += square * (newB * newB - b * b)
      normAfter += square * (newA * newA - a * a)
      before[word] = newB
      after[word] = newA
    },
    // What rounding leaves of an empty window is no likeness.
    likeness: () => (normBefore * normAfter < 1e-9 ? 0 : dot / Math.sqrt(normBefore * normAfter)),
  }
}

/** How deep each value lies below the tops of the slopes on both sides. */
export function depthsOf(values: Float64Array): Float64Array {
  const left = climbed(values)
  const right = climbed(values.toReversed()).toReversed()
  return values.map((value, i) => (left[i] ?? value) + (right[i] ?? value) - 2 * value)
}

/** For each value the top of the slope that rises to the left of it. */
function climbed(values: Float64Array): Float64Array {
  const tops = new Float64Array(values.length)
  for (const [i, value] of values.entries()) {
    const previous = values[i - 1]
    tops[i] = previous !== undefined && previous >= value ? (tops[i - 1] ?? value) : value
  }
  return tops
}
