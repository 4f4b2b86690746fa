import type { Analysis } from '../../domain/observation.ts'
import type { Segment } from '../../domain/transcript.ts'
import { type RecordingFacts, recordingFacts } from './recording-facts.ts'
import { splitIntoSentences } from './split-into-sentences.ts'
import { spokenWords } from './spoken-words.ts'

interface ReadInput {
  segments: readonly Segment[]
  /** Seconds. */
  duration: number
  analysis: Analysis | null
  limits: Limits
}

/** What a person wants of the moments, as it was asked; lengths in seconds. */
export interface Limits {
  count: number
  minSeconds: number
  maxSeconds: number
}

/** The facts of a recording, in sentences of which clips of the length asked for can be made. */
export function readRecording({ segments, duration, analysis, limits }: ReadInput): RecordingFacts {
  const length = Number.isFinite(duration) && duration > 0 ? duration : 0
  const { minSeconds, maxSeconds } = limits
  const { words, sentences } = splitIntoSentences({
    words: spokenWords({ segments, duration: length }),
    segments,
    maxSeconds,
    // Pieces that fit between least and greatest length can always be joined to something in between.
    pieceSeconds: Math.min(maxSeconds - 0.5, Math.max(3, maxSeconds - minSeconds - 0.5)),
  })
  return recordingFacts({ segments, words, sentences, duration: length, analysis })
}
