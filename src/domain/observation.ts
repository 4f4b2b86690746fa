import type { TimeRange } from './time-range.ts'

/** What picture and sound show, without words. Times in seconds of the recording. */
export interface Analysis {
  /** Scenes in order, covering the whole picture without gaps; empty without a picture. */
  scenes: TimeRange[]
  loudness: LoudnessCurve
  /** Stretches without sound worth hearing, in order; empty without audio. */
  silences: TimeRange[]
  warnings: string[]
}

/** Short-term loudness, one value a step. */
export interface LoudnessCurve {
  /** Seconds between two values. */
  step: number
  /** LUFS; -70 stands for silence and is the least value. */
  values: number[]
  /** Integrated loudness of the whole recording in LUFS (EBU R 128); null without audio. */
  integrated: number | null
}
