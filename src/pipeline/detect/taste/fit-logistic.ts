/** One case: what was measured on it, whether it was liked, and how much it counts (0 to 1). */
export interface Case {
  row: readonly number[]
  liked: boolean
  counts: number
}

export interface Fitted {
  intercept: number
  weights: number[]
}

// Newton's method is there in five or six steps; more means that numbers have run out.
const mostSteps = 25

/**
 * The most probable weights of a logistic regression whose weights have a normal prior around 0 with standard deviation `prior`
 * (MacKay 1992, "The evidence framework"); the intercept has a wide one. Few cases leave the weights near 0. Deterministic.
 */
export function fitLogistic(cases: readonly Case[], { prior }: { prior: number }): Fitted {
  const size = (cases[0]?.row.length ?? 0) + 1
  const precision = Array.from({ length: size }, (_, i) => (i === 0 ? 1 / widePrior ** 2 : 1 / prior ** 2))
  let weights = precision.map(() => 0)
  for (let step = 0; step < mostSteps; step++) {
    const gradient = weights.map((weight, i) => -weight * (precision[i] ?? 0))
    const curvature = precision.map((value, i) => precision.map((_, j) => (i === j ? value : 0)))
    for (const { row, liked, counts } of cases) {
      const chance = chanceOf(weights, row)
      const at = (i: number) => (i === 0 ? 1 : (row[i - 1] ?? 0))
      for (let i = 0; i < size; i++) {
        gradient[i] = (gradient[i] ?? 0) + counts * (Number(liked) - chance) * at(i)
        const line = curvature[i]
        if (line === undefined) continue
        for (let j = 0; j < size; j++) line[j] = (line[j] ?? 0) + counts * chance * (1 - chance) * at(i) * at(j)
      }
    }
    const change = solve(curvature, gradient)
    weights = weights.map((weight, i) => weight + (change[i] ?? 0))
    if (change.every((value) => Math.abs(value) < 1e-9)) break
  }
  const [intercept = 0, ...rest] = weights
  return { intercept, weights: rest }
}

/** Log-odds within which the share of liked moments may lie before anything is known: 5 % to 95 % is ±3. */
const widePrior = 3

function chanceOf([intercept = 0, ...weights]: readonly number[], row: readonly number[]): number {
  return 1 / (1 + Math.exp(-weights.reduce((sum, weight, i) => sum + weight * (row[i] ?? 0), intercept)))
}

/** How probable what was said of a case is by a fit, as a logarithm. */
export function logLikelihood({ intercept, weights }: Fitted, { row, liked }: Case): number {
  const chance = chanceOf([intercept, ...weights], row)
  return Math.log(Math.max(1e-12, liked ? chance : 1 - chance))
}

/** x of A·x = b for a symmetric positive definite A, by Cholesky's decomposition. */
function solve(a: readonly (readonly number[])[], b: readonly number[]): number[] {
  const size = b.length
  const lower: number[][] = []
  for (let i = 0; i < size; i++) {
    const line: number[] = []
    for (let j = 0; j <= i; j++) {
      const other = i === j ? line : (lower[j] ?? [])
      let rest = a[i]?.[j] ?? 0
      for (let k = 0; k < j; k++) rest -= (line[k] ?? 0) * (other[k] ?? 0)
      line.push(i === j ? Math.sqrt(Math.max(rest, 1e-12)) : rest / (other[j] ?? 1))
    }
    lower.push(line)
  }
  const y: number[] = []
  for (let i = 0; i < size; i++) {
    let rest = b[i] ?? 0
    for (let k = 0; k < i; k++) rest -= (lower[i]?.[k] ?? 0) * (y[k] ?? 0)
    y.push(rest / (lower[i]?.[i] ?? 1))
  }
  const x = b.map(() => 0)
  for (let i = size - 1; i >= 0; i--) {
    let rest = y[i] ?? 0
    for (let k = i + 1; k < size; k++) rest -= (lower[k]?.[i] ?? 0) * (x[k] ?? 0)
    x[i] = rest / (lower[i]?.[i] ?? 1)
  }
  return x
}
