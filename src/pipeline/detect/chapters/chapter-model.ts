import { z } from 'zod'
import { boostedTrees, predict } from '../boosted-trees.ts'
import { readWeights } from '../read-weights.ts'
import type { RecordingFacts } from '../recording-facts.ts'
import { cueScores } from './cue-words.ts'
import { borderFeatures, measureBorders } from './measure-borders.ts'
import { placeBorders } from './place-borders.ts'

/** What the training leaves: words that announce something new, how much of a border each place is, and from when on it counts. */
export const chapterModel = z.object({
  name: z.string(),
  version: z.string(),
  licence: z.string(),
  /** Whose data it was trained on. */
  attribution: z.string(),
  trainedOn: z.iso.date(),
  features: z.array(z.string()),
  cues: z.record(z.string(), z.number()),
  trees: boostedTrees,
  gap: z.number().positive(),
  threshold: z.number(),
})
export type ChapterModel = z.infer<typeof chapterModel>

let known: ChapterModel | undefined

/** The model that comes with this version, read once. @throws when it was trained on other features */
export function usualChapterModel(): ChapterModel {
  known ??= readWeights({ name: 'chapters.json', schema: chapterModel, features: borderFeatures })
  return known
}

/** How much of a border is before each sentence, 0 to 1. */
export function weighBorders(
  facts: RecordingFacts,
  { cues, trees }: Pick<ChapterModel, 'cues' | 'trees'>,
): Float64Array {
  return Float64Array.from(
    measureBorders(facts, cueScores(cues, facts.sentences)),
    (row) => 1 / (1 + Math.exp(-predict(trees, row))),
  )
}

/** The sentences with which new chapters begin, in order; the first sentence of the recording is not among them. */
export function findBorders(
  facts: RecordingFacts,
  model: Pick<ChapterModel, 'cues' | 'trees' | 'gap' | 'threshold'>,
): number[] {
  return placeBorders(facts, weighBorders(facts, model), model)
}
