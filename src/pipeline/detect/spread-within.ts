// At four standard deviations a value counts as extreme, and more says nothing more.
const extreme = 4

/**
 * Makes values comparable between features and recordings: 0.5 is the recording's mean, 1/8 a standard deviation, 0 and 1 are four of
 * them away or further. Null stays null; values that are all the same become 0.5; what isn't finite counts as the mean.
 */
export function spreadWithin(values: readonly (number | null)[]): (number | null)[] {
  return values.map(spreadOf(values))
}

/** The same as a function, for values that come later and must not move the others. */
export function spreadOf(values: readonly (number | null)[]): (value: number | null) => number | null {
  const known = values.filter((value): value is number => value !== null && Number.isFinite(value))
  const mean = known.reduce((sum, value) => sum + value, 0) / Math.max(1, known.length)
  const variance = known.reduce((sum, value) => sum + (value - mean) ** 2, 0) / Math.max(1, known.length)
  // Rounding alone makes equal values differ by a few parts in 10^16.
  const deviation =
    Math.sqrt(variance) > 1e-9 * (Math.abs(mean) + 1e-9) ? Math.sqrt(variance) : Number.POSITIVE_INFINITY
  return (value) => {
    if (value === null) return null
    const distance = Number.isFinite(value) ? (value - mean) / deviation : 0
    return Math.min(1, Math.max(0, 0.5 + distance / (2 * extreme)))
  }
}
