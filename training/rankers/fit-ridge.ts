/** One feature as rows that have it, with their values; without rows, all of them in order; without values, 1 each. */
export interface RidgeColumn {
  rows?: Int32Array
  values?: Float64Array
}

interface RidgeInput {
  columns: readonly RidgeColumn[]
  /** 0 to 1. */
  targets: ArrayLike<number>
  /** What each column's weight is pulled towards 0 with (L2); one number for all, or one each. */
  lambda: number | ArrayLike<number>
  passes: number
}

export interface RidgeModel {
  base: number
  weights: Float64Array
}

/**
 * Logistic regression with a ridge, one weight after the other by Newton steps (Genkin, Lewis and Madigan 2007), no step longer than 1. No
 * chance in it: the same input gives the same weights.
 */
export function fitRidge({ columns, targets, lambda, passes }: RidgeInput): RidgeModel {
  const count = targets.length
  const weights = new Float64Array(columns.length)
  const odds = new Float64Array(count)
  const expected = new Float64Array(count).fill(0.5)
  let base = 0
  const move = (column: RidgeColumn, weight: number, pull: number) => {
    const { rows, values } = column
    const size = rows?.length ?? count
    let [slope, curve] = [pull * weight, pull]
    for (let k = 0; k < size; k++) {
      const row = rows === undefined ? k : (rows[k] as number)
      const value = values === undefined ? 1 : (values[k] as number)
      const share = expected[row] as number
      slope += value * (share - (targets[row] as number))
      curve += value * value * share * (1 - share)
    }
    const step = Math.max(-1, Math.min(1, -slope / (curve + 1e-9)))
    if (Math.abs(step) < 1e-4) return 0
    for (let k = 0; k < size; k++) {
      const row = rows === undefined ? k : (rows[k] as number)
      odds[row] = (odds[row] as number) + step * (values === undefined ? 1 : (values[k] as number))
      expected[row] = 1 / (1 + Math.exp(-(odds[row] as number)))
    }
    return step
  }
  for (let pass = 0; pass < passes; pass++) {
    for (let k = 0; k < (pass === 0 ? 8 : 1); k++) base += move({}, base, 0)
    for (const [j, column] of columns.entries()) {
      const pull = typeof lambda === 'number' ? lambda : (lambda[j] as number)
      weights[j] = (weights[j] as number) + move(column, weights[j] as number, pull)
    }
  }
  return { base, weights }
}
