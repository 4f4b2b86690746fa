import { type BorderReport, inspectBorders } from '../pipeline/detect/inspect-borders.ts'
import type { PredictedClip } from './clip-measures.ts'
import { type LabelledRecording, segmentsOf } from './labelled-recording.ts'

/** How many of so many clips open or close badly. */
export type BorderCounts = Omit<BorderReport, 'faults'>

export function countBorders(
  clips: readonly PredictedClip[],
  { segments, duration }: Pick<LabelledRecording, 'segments' | 'duration'>,
): BorderCounts {
  const { faults: _, ...counts } = inspectBorders(clips, { segments: segmentsOf({ segments }), duration })
  return counts
}

export function addBorders(a: BorderCounts | undefined, b: BorderCounts): BorderCounts {
  if (a === undefined) return b
  return {
    clips: a.clips + b.clips,
    opensInside: a.opensInside + b.opensInside,
    closesInside: a.closesInside + b.closesInside,
    deadAir: a.deadAir + b.deadAir,
    answersAlone: a.answersAlone + b.answersAlone,
    leans: a.leans + b.leans,
  }
}
