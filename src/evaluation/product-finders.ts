import { detectMoments } from '../pipeline/detect/detect-moments.ts'
import { handSetRanker } from '../pipeline/detect/hand-set-ranker.ts'
import type { Ranker } from '../pipeline/detect/ranker.ts'
import type { Finder } from './evaluate-set.ts'
import { segmentsOf } from './labelled-recording.ts'

/** The versions of detection that can be measured and compared, the one in use first. */
export const productFinders: Readonly<Record<string, Finder>> = Object.fromEntries(
  [handSetRanker].map((ranker) => [ranker.detector.name, finderOf(ranker)]),
)

function finderOf(ranker: Ranker): Finder {
  return {
    name: ranker.detector.name,
    clips: async ({ duration, segments }, mode) =>
      detectMoments({
        segments: segmentsOf({ segments }),
        duration,
        analysis: null,
        settings: { mode, count: 20, minSeconds: 12, maxSeconds: 60 },
        ranker,
      }).moments,
    answers: async () => [],
    chapters: async () => [],
  }
}
