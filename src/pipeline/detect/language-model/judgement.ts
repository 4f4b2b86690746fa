import type { Detector } from '../../../domain/moment.ts'

/** What a language model says of one passage; the sentences are those of the recording, by number. */
export interface Judgement {
  firstSentence: number
  lastSentence: number
  /** 1 is the best. */
  rank: number
  title: string
  /** The words that make people stay; empty when it named none. */
  hook: string
  /** Why it is worth sharing, one sentence. */
  reason: string
}

/** Data alone, so that whatever uses it stays pure and can run anywhere. */
export interface Judgements {
  by: Detector
  /** Best first. */
  list: readonly Judgement[]
}
