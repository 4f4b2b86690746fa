import type { Moment, RankedMode } from '../../src/domain/moment.ts'
import type { Heard } from '../../src/evaluation/evaluate-set.ts'
import { segmentsOf } from '../../src/evaluation/labelled-recording.ts'
import { detectMoments } from '../../src/pipeline/detect/detect-moments.ts'
import { trainedRanker } from '../../src/pipeline/detect/trained-ranker.ts'

interface Asked {
  mode: RankedMode
  count: number
  minSeconds: number
  maxSeconds: number
}

/** The moments that the ranker finds in the words alone. */
export function detectLabelled({ duration, segments }: Heard, settings: Asked): Moment[] {
  return detectMoments({
    segments: segmentsOf({ segments }),
    duration,
    analysis: null,
    settings,
    ranker: trainedRanker,
  }).moments
}
