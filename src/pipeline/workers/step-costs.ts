import type { StepKind } from '../../domain/run.ts'

/** What one step takes of its machine while it is worked on. */
export interface StepCost {
  /** Cores it keeps busy; a fraction for what mostly waits. */
  cores: number
  /** Memory of it and of the tools it starts. */
  megabytes: number
}

/**
 * Measured where a benchmark has it (benchmarks/README.md), rounded up. What all steps of a worker share, such as the process of the face model (280 MB)
 * or of a speech model, counts with each of them: on the safe side.
 */
export const stepCosts: Readonly<Record<StepKind, StepCost>> = {
  // Hashing and probing, or a download: the disk or the line is what it waits for.
  ingest: { cores: 1, megabytes: 150 },
  transcribe: { cores: 1, megabytes: 300 },
  // One ffmpeg for the scenes, one for the sound.
  analyze: { cores: 2, megabytes: 300 },
  // In threads that are limited for themselves; may wait long for a language model.
  detect: { cores: 0.5, megabytes: 120 },
  // Decoding for small pictures, and its share of the face model.
  reframe: { cores: 1, megabytes: 400 },
  // Decoding, captions and x264 of 1080p; two encoder threads gave the most clips an hour (benchmarks/clips-at-once.ts).
  cut: { cores: 2, megabytes: 900 },
  // Writes one folder; several at once gain nothing.
  conclude: { cores: 2, megabytes: 100 },
}

/** The same with a local speech model of so many bytes, which takes half as much again when it is loaded. */
export function costsWith(speechModelBytes: number): Readonly<Record<StepKind, StepCost>> {
  const { transcribe } = stepCosts
  const model = Math.ceil((1.5 * speechModelBytes) / 1e6)
  return { ...stepCosts, transcribe: { ...transcribe, megabytes: transcribe.megabytes + model } }
}
