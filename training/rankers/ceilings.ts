import { matches } from '../../src/evaluation/clip-measures.ts'
import type { Captured } from './capture.ts'
import type { Scored } from './score-clips.ts'

interface Span {
  start: number
  end: number
}

/** Shares of all labels that some candidate matches as the measures count, and with an intersection over union of .5 and .7. */
export function candidateCeiling(recordings: readonly Captured[]): { match: number; half: number; most: number } {
  const labels = recordings.flatMap(({ labelled, candidates }) =>
    labelled.labels.map((label) => ({ label, candidates })),
  )
  const share = (test: (a: Span, b: Span) => boolean) =>
    labels.filter(({ label, candidates }) => candidates.some((candidate) => test(candidate, label))).length /
    labels.length
  return {
    match: share(matches),
    half: share((a, b) => overUnion(a, b) >= 0.5),
    most: share((a, b) => overUnion(a, b) >= 0.7),
  }
}

/** The same clips, those first that match the weightiest labels: what perfect ranking of what was chosen would reach. */
export function inBestOrder(results: readonly Scored[]): Scored[] {
  return results.map(({ recording, clips }) => ({
    recording,
    clips: clips.map((clip) => ({
      ...clip,
      score: Math.max(0, ...recording.labels.map((label) => (matches(clip, label) ? label.weight : 0))),
    })),
  }))
}

function overUnion(a: Span, b: Span): number {
  const shared = Math.max(0, Math.min(a.end, b.end) - Math.max(a.start, b.start))
  return shared / (a.end - a.start + b.end - b.start - shared)
}
