import { z } from 'zod'

/**
 * A sum of small decision trees (gradient boosting, Friedman 2001). A tree is a list of nodes, the root first: a split
 * `[feature, threshold, left, right]` names the nodes it leads to, a leaf is `[value]`.
 */
export const boostedTrees = z.object({
  base: z.number(),
  trees: z.array(z.array(z.union([z.tuple([z.number()]), z.tuple([z.int(), z.number(), z.int(), z.int()])]))),
})
export type BoostedTrees = z.infer<typeof boostedTrees>
type Tree = BoostedTrees['trees'][number]

/** The sum for one row of features, unbounded. What could not be measured is NaN and counts as less than any number. */
export function predict({ base, trees }: BoostedTrees, row: ArrayLike<number>): number {
  return trees.reduce((sum, tree) => sum + leafValue(tree, row), base)
}

function leafValue(tree: Tree, row: ArrayLike<number>): number {
  let node = tree[0]
  while (node !== undefined && node.length === 4) {
    const [feature, threshold, left, right] = node
    node = tree[(row[feature] ?? Number.NaN) >= threshold ? right : left]
  }
  return node?.[0] ?? 0
}

/**
 * What each feature brought to the sum for one row, by feature index: along each tree's path a split is owed the change of
 * the expected value it caused (Saabas 2014). With `base` and each tree's own mean they add up to the sum.
 */
export function contributionsTo({ trees }: BoostedTrees, row: ArrayLike<number>): Map<number, number> {
  const brought = new Map<number, number>()
  for (const tree of trees) {
    const means = meansOf(tree)
    let index = 0
    let node = tree[0]
    while (node !== undefined && node.length === 4) {
      const [feature, threshold, left, right] = node
      const next = (row[feature] ?? Number.NaN) >= threshold ? right : left
      brought.set(feature, (brought.get(feature) ?? 0) + (means[next] ?? 0) - (means[index] ?? 0))
      index = next
      node = tree[index]
    }
  }
  return brought
}

const knownMeans = new WeakMap<Tree, number[]>()

/** The plain mean of the leaves below each node. Children come after their parent. */
function meansOf(tree: Tree): number[] {
  const known = knownMeans.get(tree)
  if (known !== undefined) return known
  const means = Array.from(tree, () => 0)
  for (let i = tree.length - 1; i >= 0; i--) {
    const node = tree[i]
    if (node === undefined) continue
    means[i] = node.length === 1 ? node[0] : ((means[node[2]] ?? 0) + (means[node[3]] ?? 0)) / 2
  }
  knownMeans.set(tree, means)
  return means
}
