import { lengthOf, overlapOf, type TimeRange } from '../../domain/time-range.ts'

/** Of how many labels there is a candidate: the ceiling of whatever ranks them. */
export interface CandidateRecall {
  labels: number
  /** Labels with a candidate whose intersection over union with it is at least 0.5. */
  atHalfUnion: number
  /** Labels with a candidate that shares at least half of the shorter of the two. */
  atHalfShorter: number
}

/** Counts the labels that a set of candidates contains. Both in seconds of the same recording, in any order. */
export function candidateRecall(candidates: readonly TimeRange[], labels: readonly TimeRange[]): CandidateRecall {
  const reached = (isMatch: (candidate: TimeRange, label: TimeRange) => boolean) =>
    labels.filter((label) => candidates.some((candidate) => isMatch(candidate, label))).length
  return {
    labels: labels.length,
    atHalfUnion: reached((candidate, label) => {
      const shared = overlapOf(candidate, label)
      return shared > 0 && shared >= 0.5 * (lengthOf(candidate) + lengthOf(label) - shared)
    }),
    atHalfShorter: reached((candidate, label) => {
      const shared = overlapOf(candidate, label)
      return shared > 0 && shared >= 0.5 * Math.min(lengthOf(candidate), lengthOf(label))
    }),
  }
}
