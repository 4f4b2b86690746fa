const mostBins = 128

/**
 * Values as bin numbers, by quantiles: `codes[feature][row]` counts the borders that are ≤ the value, so that `value ≥ borders[b]` is the
 * same as `code > b`. NaN is in bin 0.
 */
export function binned(columns: readonly Float64Array[]): { codes: Uint8Array[]; borders: Float64Array[] } {
  const borders = columns.map(bordersOf)
  const codes = columns.map((column, f) => Uint8Array.from(column, (value) => codeOf(value, borders[f])))
  return { codes, borders }
}

function bordersOf(column: Float64Array): Float64Array {
  const sorted = column.filter((value) => !Number.isNaN(value)).sort()
  const hasGaps = sorted.length < column.length
  const found = new Set<number>()
  for (let bin = 1; bin < mostBins; bin++) {
    const value = sorted[Math.floor((bin * sorted.length) / mostBins)]
    if (value !== undefined && value > (sorted[0] ?? 0)) found.add(value)
  }
  // The least value as a border tells what is known from what is not.
  if (hasGaps && sorted[0] !== undefined) found.add(sorted[0])
  return Float64Array.from([...found].sort((a, b) => a - b))
}

function codeOf(value: number, borders: Float64Array | undefined): number {
  if (borders === undefined || Number.isNaN(value)) return 0
  let [low, high] = [0, borders.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if ((borders[middle] ?? 0) <= value) low = middle + 1
    else high = middle
  }
  return low
}
