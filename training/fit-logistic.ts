interface LogisticFit {
  bias: number
  weights: number[]
}

const rounds = 3000
const rate = 0.5
const decay = 1e-3

/** Logistic regression of 0 or 1 on a few numbers, by plain descent on standardised columns; the weights returned fit the numbers as they are. */
export function fitLogistic(rows: readonly (readonly number[])[], targets: readonly number[]): LogisticFit {
  const columns = rows[0]?.length ?? 0
  const means = Array.from({ length: columns }, (_, c) => mean(rows.map((row) => row[c] ?? 0)))
  const spreads = means.map((middle, c) => Math.sqrt(mean(rows.map((row) => ((row[c] ?? 0) - middle) ** 2))) || 1)
  const scaled = rows.map((row) => row.map((value, c) => (value - (means[c] ?? 0)) / (spreads[c] ?? 1)))
  const weights = new Float64Array(columns)
  let bias = 0
  for (let round = 0; round < rounds; round++) {
    const slopes = new Float64Array(columns)
    let biasSlope = 0
    for (const [i, row] of scaled.entries()) {
      const sum = row.reduce((total, value, c) => total + value * (weights[c] ?? 0), bias)
      const error = (1 / (1 + Math.exp(-sum)) - (targets[i] ?? 0)) / rows.length
      biasSlope += error
      for (const [c, value] of row.entries()) slopes[c] = (slopes[c] ?? 0) + error * value
    }
    bias -= rate * biasSlope
    for (let c = 0; c < columns; c++)
      weights[c] = (weights[c] ?? 0) - rate * ((slopes[c] ?? 0) + decay * (weights[c] ?? 0))
  }
  const unscaled = [...weights].map((weight, c) => weight / (spreads[c] ?? 1))
  return {
    bias: rounded(bias - unscaled.reduce((sum, weight, c) => sum + weight * (means[c] ?? 0), 0)),
    weights: unscaled.map(rounded),
  }
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length)
}

const rounded = (value: number) => Math.round(value * 1e4) / 1e4
