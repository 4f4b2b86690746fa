import type { TimeRange } from '../../../domain/time-range.ts'

/** One spoken word of a clip; times in seconds from the clip's start. */
export interface ClipWord extends TimeRange {
  text: string
  /** Who says it, where the transcript knows. */
  speaker: string | null
}
