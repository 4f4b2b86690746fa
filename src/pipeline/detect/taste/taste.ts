import type { Feedback } from '../../../library/feedback.store.ts'

/** A moment that a person has judged. */
export interface JudgedMoment {
  /** Verdicts on one recording are not independent: together they count for no more than a few. */
  recording: string
  /** Who judged. */
  by: string
  /** What was measured on it, each 0 to 1; what could not be measured is absent. */
  features: Readonly<Record<string, number>>
  liked: boolean
  /** How firmly, above 0 up to 1. */
  weight: number
}

/** What somebody likes about one feature. */
export interface Leaning {
  feature: string
  /** Log-odds of being kept, for one standard deviation more of it. Below 0 they like less of it. */
  weight: number
  /** Its mean among the judged moments, 0 to 1: leanings count from there. */
  from: number
  /** Of the moments that have clearly more of it (clearly less for a negative weight) than the others judged: how many there were, and were liked. */
  alike: number
  alikeLiked: number
}

/** What verdicts have taught, as plain data: it can be stored, hashed, and sent to another thread. Leanings in order of their names. */
export interface Taste {
  leanings: readonly Leaning[]
  /** From how many judged moments. */
  judged: number
}

/** Nothing learned: nothing is moved. */
export const noTaste: Taste = { leanings: [], judged: 0 }

/** What is liked is taken from verdicts in the order they were given: the last one on a moment counts. */
export type VerdictGiven = Pick<Feedback, 'recordingId' | 'span' | 'features' | 'verdict' | 'by'>
