import { z } from 'zod'
import { wordWeights } from './word-scores.ts'

/** What training leaves behind for one mode: everything that the trained ranker weighs, and where it comes from. */
export const rankingModel = z.object({
  licence: z.string(),
  attribution: z.string(),
  /** Day of training, and the start of the SHA-256 of each set it was trained on. */
  trained: z.iso.date(),
  data: z.record(z.string(), z.string()),
  words: wordWeights,
  /** One for each state of knowledge, the most demanding first. */
  weights: z.array(
    z.object({
      needs: z.array(z.enum(['words', 'speakers'])),
      /** By column, log odds for one unit. */
      columns: z.record(z.string(), z.number()),
    }),
  ),
  /** How often people agree with a moment, by its score: points of a line that never falls, measured out of fold. */
  chances: z.array(z.tuple([z.number(), z.number()])),
})
export type RankingModel = z.infer<typeof rankingModel>
