import type { TimeRange } from './time-range.ts'

/** What a recording's publisher or its platform says about it, in seconds of the recording. */
export interface SourceNotes {
  /** In order, as the publisher has them; empty when there are none. */
  chapters: PublishedChapter[]
  /** How often each stretch is watched again, 0 to 1, in order; empty when nobody says. */
  replay: ReplayedStretch[]
}

export interface PublishedChapter extends TimeRange {
  title: string
}

export interface ReplayedStretch extends TimeRange {
  /** 1 is the stretch watched most. */
  value: number
}
