import type { Detection, Moment } from '../../../domain/moment.ts'
import type { Analysis } from '../../../domain/observation.ts'
import type { Segment } from '../../../domain/transcript.ts'
import { type ChapterModel, findBorders, usualChapterModel } from '../chapters/chapter-model.ts'
import { detectMoments } from '../detect-moments.ts'
import type { Ranker } from '../ranker.ts'
import { type Limits, readRecording } from '../read-recording.ts'
import { shareAmongParts } from './share-among-parts.ts'

export interface SummaryInput {
  segments: readonly Segment[]
  /** Length of the recording in seconds. */
  duration: number
  analysis: Analysis | null
  limits: Limits
  ranker: Ranker
  /** Another model of where chapters begin than the one that comes with this version. */
  model?: ChapterModel
}

// Among three times as many as asked for, each part of a recording has some.
const poolFactor = 3
const mostPooled = 100

/**
 * What a recording was about, in up to `count` clips: the moments that sum it up best, shared among its chapters by their length, in order
 * of time. `rank` counts in that order; `score` says how well each sums up. Pure and deterministic.
 */
export function findSummary({ limits, ranker, model = usualChapterModel(), ...input }: SummaryInput): Detection {
  const { count } = limits
  const pool = Math.max(count, Math.min(mostPooled, count * poolFactor))
  const found = detectMoments({ ...input, settings: { ...limits, mode: 'summary', count: pool }, ranker })
  if (found.moments.length <= count) {
    // The reason speaks of the pool: what is asked for is what the person asked for.
    const shortfall =
      found.moments.length === count
        ? null
        : detectMoments({ ...input, settings: { ...limits, mode: 'summary' }, ranker }).shortfall
    return { ...found, moments: inOrderOfTime(found.moments), shortfall }
  }
  const facts = readRecording({ ...input, limits })
  const borders = findBorders(facts, model).map((i) => facts.sentences[i]?.start ?? 0)
  const chosen = shareAmongParts({ moments: found.moments, borders, duration: facts.duration, count })
  return { ...found, moments: inOrderOfTime(chosen), shortfall: null }
}

function inOrderOfTime(moments: readonly Moment[]): Moment[] {
  return moments.toSorted((a, b) => a.start - b.start).map((moment, i) => ({ ...moment, rank: i + 1 }))
}
