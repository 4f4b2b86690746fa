import type { Detection, Moment } from '../../../domain/moment.ts'
import type { Analysis } from '../../../domain/observation.ts'
import type { Segment } from '../../../domain/transcript.ts'
import { type ChapterModel, findBorders, usualChapterModel } from '../chapters/chapter-model.ts'
import { detectMoments } from '../detect-moments.ts'
import type { Judgements } from '../language-model/judgement.ts'
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
  /** What a language model said: then its choice is the summary. */
  judgements?: Judgements | null
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
export function findSummary({
  limits,
  ranker,
  judgements = null,
  model = usualChapterModel(),
  ...input
}: SummaryInput): Detection {
  const { count } = limits
  const find = (most: number) =>
    detectMoments({ ...input, settings: { ...limits, mode: 'summary', count: most }, ranker, judgements })
  const pool = judgements === null ? find(Math.max(count, Math.min(mostPooled, count * poolFactor))) : find(count)
  if (pool.moments.length <= count) {
    // The reason is to speak of what the person asked for, not of the pool.
    const shortfall = pool.moments.length === count ? null : find(count).shortfall
    return { ...pool, moments: inOrderOfTime(pool.moments), shortfall }
  }
  const facts = readRecording({ ...input, limits })
  const borders = findBorders(facts, model).map((i) => facts.sentences[i]?.start ?? 0)
  const chosen = shareAmongParts({ moments: pool.moments, borders, duration: facts.duration, count })
  return { ...pool, moments: inOrderOfTime(chosen), shortfall: null }
}

function inOrderOfTime(moments: readonly Moment[]): Moment[] {
  return moments.toSorted((a, b) => a.start - b.start).map((moment, i) => ({ ...moment, rank: i + 1 }))
}
