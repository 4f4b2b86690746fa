import type { RankedMode } from '../../src/domain/moment.ts'
import { segmentsOf } from '../../src/evaluation/labelled-recording.ts'
import { detectMoments } from '../../src/pipeline/detect/detect-moments.ts'
import { handSetRanker } from '../../src/pipeline/detect/hand-set-ranker.ts'
import type { FeaturedCandidate, Ranker } from '../../src/pipeline/detect/ranker.ts'
import type { RecordingFacts } from '../../src/pipeline/detect/recording-facts.ts'
import type { Labelled } from './labelled.ts'

/** A recording as rankers see it. */
export interface Captured {
  labelled: Labelled
  facts: RecordingFacts
  candidates: readonly FeaturedCandidate[]
}

/** What a clip may last, in seconds, and how many the measures read. */
export const asked = { count: 20, minSeconds: 12, maxSeconds: 60 }

/** Sends a recording through detection and keeps what its ranker is given, so that training sees exactly what the product sees. */
export function capture(labelled: Labelled): Captured {
  let seen: Omit<Captured, 'labelled'> | undefined
  const spy: Ranker = {
    ...handSetRanker,
    score(candidates, { recording }) {
      seen = { facts: recording, candidates }
      return candidates.map(() => 0)
    },
  }
  detect(labelled, 'viral', spy, { ...asked, count: 1 })
  if (seen === undefined) throw new Error(`${labelled.id} has no candidates`)
  return { labelled, ...seen }
}

export function detect({ segments, duration }: Labelled, mode: RankedMode, ranker: Ranker, limits = asked) {
  return detectMoments({
    segments: segmentsOf({ segments }),
    duration,
    analysis: null,
    settings: { mode, ...limits },
    ranker,
  })
}
