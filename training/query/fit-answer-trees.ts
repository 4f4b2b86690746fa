import { seededRandom } from '../../src/domain/seeded-random.ts'
import type { BoostedTrees } from '../../src/pipeline/detect/boosted-trees.ts'
import { answerFeatures } from '../../src/pipeline/detect/query/answer-features.ts'
import { type BoostingOptions, fitBoostedTrees } from '../fit-boosted-trees.ts'
import { softmax } from '../objectives.ts'
import type { QuestionList } from './question-lists.ts'

export const answerBoosting: Partial<BoostingOptions> = {
  trees: 120,
  depth: 4,
  learningRate: 0.1,
  lambda: 1,
  minLeaf: 0.3,
  rowShare: 0.7,
  featureShare: 0.4,
}

// Windows that share nothing with the answer are many and alike: these many for each question teach as much as all.
const mostOthers = 130
const leastLike = 0.3

/** Learns to rank the windows of each question by what they share with its answers. */
export function fitAnswerTrees(lists: readonly QuestionList[], options = answerBoosting): BoostedTrees {
  const random = seededRandom(11)
  const picked: { row: Float64Array; target: number }[] = []
  const starts: number[] = []
  for (const { rows, likeness } of lists) {
    const near = [...rows.keys()].filter((i) => (likeness[i] ?? 0) > leastLike)
    if (near.length === 0) continue
    const far = [...rows.keys()].filter((i) => (likeness[i] ?? 0) <= leastLike)
    const share = mostOthers / Math.max(1, far.length)
    starts.push(picked.length)
    for (const i of [...near, ...far.filter(() => random() < share)]) {
      picked.push({ row: rows[i] as Float64Array, target: targetOf(likeness[i] ?? 0) })
    }
  }
  const columns = answerFeatures.map((_, f) => Float64Array.from(picked, ({ row }) => row[f] ?? Number.NaN))
  return fitBoostedTrees(
    columns,
    softmax(
      Float64Array.from(picked, ({ target }) => target),
      starts,
    ),
    options,
  )
}

/** Half in common is an answer found; more is better, and a little less is no disaster. */
function targetOf(likeness: number): number {
  return Math.max(0, likeness - 0.35) ** 1.5
}
