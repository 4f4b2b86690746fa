import type { Mode } from '../domain/moment.ts'
import { findMoments } from '../pipeline/detect/find-moments.ts'
import { detectorIds, rankerOf, standardDetector } from '../pipeline/detect/versions/detectors.ts'
import type { PredictedClip } from './clip-measures.ts'
import type { Finder, Heard } from './evaluate-set.ts'
import { segmentsOf } from './labelled-recording.ts'

/** The versions of detection that can be measured and compared, the one in use first. */
export const productFinders: Readonly<Record<string, Finder>> = Object.fromEntries(
  [standardDetector, ...detectorIds.filter((id) => id !== standardDetector)].map((id) => [id, finderOf(id)]),
)

// Measures look at five clips, some at up to twenty. A summary in five clips is another one than the first five of a summary in twenty.
const counts: Partial<Record<Mode, number>> = { summary: 5 }

function finderOf(id: string): Finder {
  const ranker = rankerOf({ detector: id })
  const find = ({ duration, segments }: Heard, mode: Mode, query: string | null = null) =>
    findMoments({
      segments: segmentsOf({ segments }),
      duration,
      analysis: null,
      settings: { mode, query, count: counts[mode] ?? 20, minSeconds: 12, maxSeconds: 60 },
      ranker,
    })
  return {
    name: id,
    clips: async (recording, mode) => find(recording, mode).moments.map(asClip),
    // What answers a question is longer than the clip that is cut from it.
    answers: async (recording, query) =>
      find(recording, 'query', query).moments.map((moment) => ({ ...asClip(moment), ...moment.span })),
    chapters: async (recording) => (find(recording, 'chapters').chapters ?? []).map(({ start }) => start),
  }
}

function asClip({ start, end, score }: PredictedClip & { score: number }): PredictedClip {
  return { start, end, score }
}
