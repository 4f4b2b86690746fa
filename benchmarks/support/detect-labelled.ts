import type { Moment, RankedMode } from '../../src/domain/moment.ts'
import { detectMoments } from '../../src/pipeline/detect/detect-moments.ts'
import { trainedRanker } from '../../src/pipeline/detect/trained-ranker.ts'

/** What a detector may see of a recording. */
export interface LabelledRecording {
  id: string
  /** Seconds. */
  duration: number
  segments: { start: number; end: number; text: string; speaker?: string | null | undefined }[]
}

interface Asked {
  mode: RankedMode
  count: number
  minSeconds: number
  maxSeconds: number
}

/** The moments that the ranker finds in the words alone. */
export function detectLabelled({ duration, segments }: LabelledRecording, settings: Asked): Moment[] {
  return detectMoments({
    segments: segments.map((segment, ordinal) => ({
      ...segment,
      ordinal,
      speaker: segment.speaker ?? null,
      words: [],
    })),
    duration,
    analysis: null,
    settings,
    ranker: trainedRanker,
  }).moments
}
