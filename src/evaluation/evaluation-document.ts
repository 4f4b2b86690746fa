import { z } from 'zod'
import type { TaskResult } from './evaluate-set.ts'

const estimate = z.object({ mean: z.number(), low: z.number(), high: z.number() })
const measures = z.record(z.string(), estimate)

/** What `clipwright eval` writes; docs/guide/evaluation.md explains each measure. */
export const evaluationDocumentSchema = z.object({
  format: z.literal('clipwright-evaluation'),
  version: z.literal(1),
  /** When it was measured, ISO 8601. */
  at: z.iso.datetime(),
  /** Which labels counted. */
  labels: z.object({ kind: z.string().nullable(), notKind: z.string().nullable() }),
  results: z.array(
    z.object({
      set: z.string(),
      task: z.enum(['clips', 'query', 'chapters']),
      units: z.int(),
      recordings: z.int(),
      methods: z.array(z.object({ name: z.string(), measures })),
      /** Of so many clips, how many open or close inside a sentence, are silent at an end, answer without the question, or lean on what came before. */
      borders: z.array(
        z.object({
          name: z.string(),
          counts: z.object({
            clips: z.int(),
            opensInside: z.int(),
            closesInside: z.int(),
            deadAir: z.int(),
            answersAlone: z.int(),
            leans: z.int(),
          }),
        }),
      ),
      differences: z.array(z.object({ than: z.string(), measures })),
    }),
  ),
})
export type EvaluationDocument = z.infer<typeof evaluationDocumentSchema>

export function evaluationDocument({
  results,
  labels,
  at,
}: {
  results: TaskResult[]
  labels: EvaluationDocument['labels']
  at: Date
}): EvaluationDocument {
  return { format: 'clipwright-evaluation', version: 1, at: at.toISOString(), labels, results }
}
