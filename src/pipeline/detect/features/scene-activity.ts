import { lengthOf } from '../../../domain/time-range.ts'
import type { Candidate } from '../candidates.ts'
import type { RecordingFacts } from '../recording-facts.ts'
import type { Feature } from './feature.ts'
import { capitalised, say } from './say.ts'

/** How often the picture cuts, a second. Null without cuts. */
export const sceneActivity: Feature = {
  scale: 'compared',
  speaks: 'for',
  measure: (span, facts) => (facts.cuts.length === 0 ? null : cutsIn(span, facts) / (lengthOf(span) + 10)),
  explain(span, facts) {
    const cuts = cutsIn(span, facts)
    return cuts < 2 ? null : capitalised(`${say(cuts, 'cut')} in the picture`)
  },
}

function cutsIn({ start, end }: Candidate, { cuts }: RecordingFacts): number {
  return firstAfter(cuts, end) - firstAfter(cuts, start)
}

function firstAfter(cuts: readonly number[], time: number): number {
  let [low, high] = [0, cuts.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if ((cuts[middle] ?? 0) <= time) low = middle + 1
    else high = middle
  }
  return low
}
