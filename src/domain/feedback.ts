import type { Detector, Mode } from './moment.ts'
import { lengthOf, roundToMs, type TimeRange } from './time-range.ts'

/** What a person said of a clip. A trim says from where to where it should have been, in seconds of the recording. */
export type Verdict =
  | { kind: 'keep' }
  | { kind: 'discard' }
  /** 1 (never again) to 5 (more of it), whole. */
  | { kind: 'stars'; stars: number }
  | { kind: 'trim'; range: TimeRange }
  | { kind: 'comment'; text: string }

/** What a verdict is about: a moment, as it was when the verdict was given. */
export interface JudgedSubject {
  recordingId: string
  /** Null when no clip was made of it. */
  clipId: string | null
  momentId: string | null
  /** Where the moment is, in seconds of the recording. */
  span: TimeRange
  mode: Mode
  /** What was measured on it, each 0 to 1. */
  features: Record<string, number>
  detector: Detector
}

/** Whether verdicts amount to "more of this" or "less of this". */
export type Liking = 'like' | 'dislike'

/**
 * What a verdict says of a moment, and how firmly (0 to 1); null for three stars and for words, which say neither. Who trims a clip
 * means to use it.
 */
export function likingOf(verdict: Verdict): { liking: Liking; weight: number } | null {
  switch (verdict.kind) {
    case 'keep':
      return { liking: 'like', weight: 1 }
    case 'discard':
      return { liking: 'dislike', weight: 1 }
    case 'trim':
      return { liking: 'like', weight: 0.5 }
    case 'stars':
      if (verdict.stars === 3) return null
      return { liking: verdict.stars > 3 ? 'like' : 'dislike', weight: Math.abs(verdict.stars - 3) / 2 }
    case 'comment':
      return null
  }
}

/** Where a trim told in seconds of the clip is in the recording; a problem when it reaches beyond the clip or leaves nothing of it. */
export function placeTrim(
  span: TimeRange,
  { from, to }: { from: number; to: number },
): { range: TimeRange } | { problem: 'beyond' | 'nothing' } {
  // A player shows whole seconds, or the file a frame more.
  if (to > lengthOf(span) + 1) return { problem: 'beyond' }
  const range = { start: roundToMs(span.start + from), end: roundToMs(Math.min(span.end, span.start + to)) }
  return range.start >= range.end ? { problem: 'nothing' } : { range }
}
