import type { TimeRange } from '../../domain/time-range.ts'

/**
 * The unit moments are made of: a sentence, or a clause of one that is too long to be shown whole. Times in seconds, from the start
 * of its first word to the end of its last.
 */
export interface Sentence extends TimeRange {
  /** Indexes into the words of the recording. */
  firstWord: number
  lastWord: number
  speaker: string | null
  text: string
  /** `clause`: a long sentence was split here; whoever begins or ends a clip here does it inside a sentence. */
  opens: Border
  closes: Border
}

type Border = 'sentence' | 'clause'
