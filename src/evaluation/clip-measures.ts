import { lengthOf, overlapOf, type TimeRange } from '../domain/time-range.ts'
import type { Label } from './labelled-recording.ts'

export interface PredictedClip extends TimeRange {
  /** Greater is better; without one, the order counts. */
  score?: number
}

/** `clips` look for what is worth sharing, `query` for what answers a question. */
export type ClipTask = 'clips' | 'query'

export const clipMeasureNames = ['lift@5', 'P@5', 'R@5', 'HIT@1', 'R1@.5', 'R1@.7', 'any5@.5', 'mAP', 'mAP@.5'] as const
export type ClipMeasures = Record<(typeof clipMeasureNames)[number], number>

const mostPredictions = 20
// Seconds. What short-video platforms show without asking; answers to a question may be longer.
const longestClip = 60
// Seconds to which a clip is recentred where its length must not decide: five slices of a whole recording would reach every label.
const fixedLength: Record<ClipTask, number> = { clips: 30, query: 120 }
const strictness = [0.5, 0.55, 0.6, 0.65, 0.7, 0.75, 0.8, 0.85, 0.9, 0.95]

interface ToMeasure {
  predicted: readonly PredictedClip[]
  labels: readonly Label[]
  /** Length of the recording in seconds. */
  duration: number
  task: ClipTask
}

/**
 * How well clips hit labels, each measure from 0 to 1 but for `lift@5`, where chance has 1. Intersection over union (IoU) as in temporal
 * localisation (ActivityNet), for the first clip (R1@…), one of five (any5@.5) or all up to twenty (mAP, mean over IoU .5 to .95).
 * P@5 and R@5: share of five clips that match a label, and of labels matched, where sharing half of the shorter one is a match. HIT@1: the
 * first clip's middle lies in a label. lift@5: labelled weight a second in five clips of one length, over that of the whole recording.
 */
export function measureClips({ predicted, labels, duration, task }: ToMeasure): ClipMeasures {
  const clips = inOrder({ predicted, duration, task })
  const five = withoutRepeats(clips).slice(0, 5)
  const fixed = five.map((clip) => recentred(clip, fixedLength[task], duration))
  const [first] = clips
  const middle = first ? (first.start + first.end) / 2 : Number.NaN
  const firstReaches = (least: number) =>
    Number(first !== undefined && labels.some((label) => iou(first, label) >= least))
  const reached = labels.filter((label) => (task === 'query' ? fixed : five).some((clip) => matches(clip, label)))
  return {
    'lift@5': liftOf({ clips: fixed, labels, duration }),
    'P@5': five.filter((clip) => labels.some((label) => matches(clip, label))).length / 5,
    'R@5': Math.min(1, reached.length / Math.min(5, labels.length)),
    'HIT@1': Number(labels.some(({ start, end }) => middle >= start && middle <= end)),
    'R1@.5': firstReaches(0.5),
    'R1@.7': firstReaches(0.7),
    'any5@.5': Number(clips.slice(0, 5).some((clip) => labels.some((label) => iou(clip, label) >= 0.5))),
    mAP: strictness.reduce((sum, least) => sum + averagePrecision(clips, labels, least), 0) / strictness.length,
    'mAP@.5': averagePrecision(clips, labels, 0.5),
  }
}

/** The best twenty, cut to what the task allows; what is shorter than half a second is no clip. */
function inOrder({ predicted, duration, task }: Omit<ToMeasure, 'labels'>): PredictedClip[] {
  return predicted
    .map(({ start, end, score }, order) => {
      const from = Math.max(0, start)
      const to = Math.min(duration, end)
      return {
        start: from,
        end: task === 'clips' ? Math.min(to, from + longestClip) : to,
        score: Number.isFinite(score) ? (score ?? 0) : -order,
      }
    })
    .filter((clip) => lengthOf(clip) >= 0.5)
    .sort((a, b) => b.score - a.score)
    .slice(0, mostPredictions)
}

function withoutRepeats(clips: readonly PredictedClip[]): PredictedClip[] {
  const kept: PredictedClip[] = []
  for (const clip of clips) if (!kept.some((other) => matches(other, clip))) kept.push(clip)
  return kept
}

function recentred(clip: TimeRange, seconds: number, duration: number): TimeRange {
  const length = Math.min(seconds, duration)
  const start = Math.max(0, Math.min((clip.start + clip.end - length) / 2, duration - length))
  return { start, end: start + length }
}

function liftOf({
  clips,
  labels,
  duration,
}: {
  clips: TimeRange[]
  labels: readonly Label[]
  duration: number
}): number {
  const everywhere = labels.reduce((sum, label) => sum + label.weight * lengthOf(label), 0) / duration
  const seconds = clips.reduce((sum, clip) => sum + lengthOf(clip), 0)
  if (seconds === 0 || everywhere === 0) return 0
  const inside = clips.flatMap((clip) => labels.map((label) => label.weight * overlapOf(clip, label)))
  return inside.reduce((sum, weight) => sum + weight, 0) / seconds / everywhere
}

/** Interpolated average precision of one-to-one matches, best clips first. */
function averagePrecision(clips: readonly TimeRange[], labels: readonly Label[], least: number): number {
  const free = new Set(labels)
  let hits = 0
  const points = clips.map((clip, i) => {
    let [best, most]: [Label | undefined, number] = [undefined, least]
    for (const label of free) if (iou(clip, label) >= most) [best, most] = [label, iou(clip, label)]
    if (best && free.delete(best)) hits++
    return { precision: hits / (i + 1), recall: hits / labels.length }
  })
  let [area, before] = [0, 0]
  for (const [i, { recall }] of points.entries()) {
    const precision = Math.max(...points.slice(i).map((point) => point.precision))
    area += precision * (recall - before)
    before = recall
  }
  return area
}

/** At least half of the shorter one is in both. */
export function matches(a: TimeRange, b: TimeRange): boolean {
  const shared = overlapOf(a, b)
  return shared > 0 && shared >= Math.min(lengthOf(a), lengthOf(b)) / 2
}

function iou(a: TimeRange, b: TimeRange): number {
  const shared = overlapOf(a, b)
  return shared / (lengthOf(a) + lengthOf(b) - shared || 1)
}
