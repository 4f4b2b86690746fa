import { lengthOf } from '../../../domain/time-range.ts'
import type { Candidate } from '../candidates.ts'
import type { RecordingFacts } from '../recording-facts.ts'
import type { Feature } from './feature.ts'

/** Share of it in which nothing is said for longer than two seconds and nothing is heard either (four, where only words are known). */
export const deadAir: Feature = {
  scale: 'absolute',
  speaks: 'against',
  measure: (span, facts) => (lengthOf(span) === 0 ? 0 : Math.min(1, deadSeconds(span, facts) / lengthOf(span))),
  explain(span, facts) {
    const seconds = deadSeconds(span, facts)
    return seconds < 1 ? null : `${seconds.toFixed(1)} seconds of silence in it`
  },
}

function deadSeconds({ start, end }: Candidate, { deadAir: gaps }: RecordingFacts): number {
  let [low, high] = [0, gaps.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if ((gaps[middle]?.start ?? 0) < start) low = middle + 1
    else high = middle
  }
  let seconds = 0
  for (let gap = gaps[low]; gap !== undefined && gap.end <= end; gap = gaps[++low]) seconds += gap.deadSeconds
  return seconds
}
