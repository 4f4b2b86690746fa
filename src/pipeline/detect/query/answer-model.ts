import { z } from 'zod'
import { boostedTrees, predict } from '../boosted-trees.ts'
import { readWeights } from '../read-weights.ts'
import { answerFeatures } from './answer-features.ts'

/** What the training leaves: how good each window is as an answer, and whether there is an answer at all. */
export const answerModel = z.object({
  name: z.string(),
  version: z.string(),
  licence: z.string(),
  /** Whose data it was trained on. */
  attribution: z.string(),
  trainedOn: z.iso.date(),
  features: z.array(z.string()),
  trees: boostedTrees,
  /** What a score is multiplied with before it becomes a chance. */
  sharpness: z.number().positive(),
  answerable: z.object({
    features: z.array(z.string()),
    bias: z.number(),
    weights: z.array(z.number()),
    /** Chance below which a question counts as not answered. */
    threshold: z.number(),
  }),
})
export type AnswerModel = z.infer<typeof answerModel>

let known: AnswerModel | undefined

/** The model that comes with this version, read once. @throws when it was trained on other features */
export function usualAnswerModel(): AnswerModel {
  known ??= readWeights({ name: 'query.json', schema: answerModel, features: answerFeatures })
  return known
}

export function scoreWindows(model: Pick<AnswerModel, 'trees'>, rows: readonly ArrayLike<number>[]): number[] {
  return rows.map((row) => predict(model.trees, row))
}
