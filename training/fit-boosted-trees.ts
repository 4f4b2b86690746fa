import { seededRandom } from '../src/domain/seeded-random.ts'
import type { BoostedTrees } from '../src/pipeline/detect/boosted-trees.ts'
import { binned } from './binned.ts'
import type { Objective } from './objectives.ts'

export interface BoostingOptions {
  trees: number
  /** Most splits on the way from root to leaf. */
  depth: number
  /** Share of each tree's answer that is believed. */
  learningRate: number
  /** Pulls leaves towards 0 (L2). */
  lambda: number
  /** Least sum of second derivatives in a leaf. */
  minLeaf: number
  /** Shares of rows and of features that each tree sees. */
  rowShare: number
  featureShare: number
  seed: number
}

export const defaultBoosting: BoostingOptions = {
  trees: 200,
  depth: 4,
  learningRate: 0.05,
  lambda: 5,
  minLeaf: 5,
  rowShare: 0.7,
  featureShare: 0.5,
  seed: 1,
}

interface Split {
  feature: number
  /** Rows in bins above this one go right. */
  bin: number
  gain: number
}

interface Branch {
  node: number
  rows: Int32Array
}

/**
 * Fits boosted trees by histograms (second-order boosting as in XGBoost, Chen and Guestrin 2016). `columns` holds one array of values a
 * feature, NaN for what could not be measured. The same input gives the same model.
 */
export function fitBoostedTrees(
  columns: readonly Float64Array[],
  objective: Objective,
  options: Partial<BoostingOptions> = {},
): BoostedTrees {
  const settings = { ...defaultBoosting, ...options }
  const random = seededRandom(settings.seed)
  const { codes, borders } = binned(columns)
  const count = columns[0]?.length ?? 0
  const scores = new Float64Array(count).fill(objective.base)
  const [gradients, curvatures] = [new Float64Array(count), new Float64Array(count)]
  const trees: BoostedTrees['trees'] = []
  for (let t = 0; t < settings.trees; t++) {
    objective.derive(scores, gradients, curvatures)
    const rows = Int32Array.from({ length: count }, (_, i) => i).filter(() => random() < settings.rowShare)
    const features = columns.map((_, i) => i).filter(() => random() < settings.featureShare)
    const tree = grow({ rows, features, gradients, curvatures, codes, borders, settings })
    trees.push(tree)
    addTree(tree, { columns, scores })
  }
  return { base: objective.base, trees }
}

interface GrowInput {
  rows: Int32Array
  features: readonly number[]
  gradients: Float64Array
  curvatures: Float64Array
  codes: readonly Uint8Array[]
  borders: readonly Float64Array[]
  settings: BoostingOptions
}

function grow(input: GrowInput): BoostedTrees['trees'][number] {
  const { settings, codes, borders } = input
  const tree: BoostedTrees['trees'][number] = [[0]]
  let level: Branch[] = [{ node: 0, rows: input.rows }]
  for (let depth = 0; depth <= settings.depth; depth++) {
    const next: Branch[] = []
    for (const { node, rows } of level) {
      const split = depth < settings.depth ? bestSplit(input, rows) : null
      if (split === null) {
        tree[node] = [leafOf(input, rows)]
        continue
      }
      const code = codes[split.feature]
      const threshold = borders[split.feature]?.[split.bin] ?? 0
      const [left, right] = [tree.length, tree.length + 1]
      tree[node] = [split.feature, threshold, left, right]
      tree.push([0], [0])
      next.push(
        { node: left, rows: rows.filter((row) => (code?.[row] ?? 0) <= split.bin) },
        { node: right, rows: rows.filter((row) => (code?.[row] ?? 0) > split.bin) },
      )
    }
    level = next
  }
  return tree
}

function leafOf({ gradients, curvatures, settings }: GrowInput, rows: Int32Array): number {
  let [gradient, curvature] = [0, 0]
  for (const row of rows) {
    gradient += gradients[row] ?? 0
    curvature += curvatures[row] ?? 0
  }
  const value = (-settings.learningRate * gradient) / (curvature + settings.lambda)
  return Math.round(value * 1e5) / 1e5
}

function bestSplit({ features, gradients, curvatures, codes, borders, settings }: GrowInput, rows: Int32Array) {
  const { lambda, minLeaf } = settings
  const [sums, weights] = [new Float64Array(256), new Float64Array(256)]
  let best: Split | null = null
  for (const feature of features) {
    const code = codes[feature]
    const bins = (borders[feature]?.length ?? 0) + 1
    if (code === undefined || bins < 2) continue
    sums.fill(0)
    weights.fill(0)
    let [gradient, curvature] = [0, 0]
    for (const row of rows) {
      const bin = code[row] ?? 0
      const [g, h] = [gradients[row] ?? 0, curvatures[row] ?? 0]
      sums[bin] = (sums[bin] ?? 0) + g
      weights[bin] = (weights[bin] ?? 0) + h
      gradient += g
      curvature += h
    }
    const whole = (gradient * gradient) / (curvature + lambda)
    let [left, leftWeight] = [0, 0]
    for (let bin = 0; bin < bins - 1; bin++) {
      left += sums[bin] ?? 0
      leftWeight += weights[bin] ?? 0
      const [right, rightWeight] = [gradient - left, curvature - leftWeight]
      if (leftWeight < minLeaf || rightWeight < minLeaf) continue
      const gain = (left * left) / (leftWeight + lambda) + (right * right) / (rightWeight + lambda) - whole
      if (gain > 1e-9 && (best === null || gain > best.gain)) best = { feature, bin, gain }
    }
  }
  return best
}

function addTree(
  tree: BoostedTrees['trees'][number],
  { columns, scores }: { columns: readonly Float64Array[]; scores: Float64Array },
): void {
  for (let row = 0; row < scores.length; row++) {
    let node = tree[0]
    while (node !== undefined && node.length === 4) {
      const [feature, threshold, left, right] = node
      node = tree[(columns[feature]?.[row] ?? Number.NaN) >= threshold ? right : left]
    }
    scores[row] = (scores[row] ?? 0) + (node?.[0] ?? 0)
  }
}
