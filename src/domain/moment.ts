import type { TimeRange } from './time-range.ts'

/** What can be found by comparing all spans of a recording with each other. */
export const rankedModes = ['viral', 'highlights', 'summary'] as const
export type RankedMode = (typeof rankedModes)[number]

export const modes = [...rankedModes, 'query', 'chapters'] as const
/** What the person is looking for; `query`: where they talk about something, `chapters`: the parts of the recording. */
export type Mode = (typeof modes)[number]

export const genres = [
  'story',
  'insight',
  'advice',
  'humour',
  'debate',
  'emotion',
  'question',
  'news',
  'other',
] as const
export type Genre = (typeof genres)[number]

export const rungs = ['llm', 'local-model', 'ranker', 'signals'] as const
/** How good the means behind a result were, best first: language model, local model, trained or hand-set ranker, signals alone. */
export type Rung = (typeof rungs)[number]

export interface Detector {
  rung: Rung
  /** e.g. `hand-set`. */
  name: string
  version: string
}

/** Why a moment was chosen, in words for a person. */
export interface Reason {
  feature: string
  text: string
  /** Share of the score this feature brought, may be negative. */
  weight: number
}

/** A span of a recording worth sharing: a candidate, not a file. Begins and ends on sentence borders. */
export interface Moment extends TimeRange {
  /** 1 is the best. */
  rank: number
  /** 0 to 1, comparable within one recording. */
  score: number
  /** 0 to 1: how sure the detector is that a person would keep it. */
  confidence: number
  genre: Genre
  title: string
  /** What is said in it. */
  text: string
  /** Ordinals of the first and the last segment. */
  firstSegment: number
  lastSegment: number
  /** Each between 0 and 1, unit-free. */
  features: Record<string, number>
  reasons: Reason[]
  detector: Detector
  /** The words that make people stay, where a language model named them. */
  hook?: string | undefined
  /** The whole answer or chapter, which may be longer than a clip: the moment is its best part. Absent where the moment is all of it. */
  span?: TimeRange | undefined
}

/** A part of a recording about one subject, in seconds; chapters follow each other in order, without overlaps. */
export interface Chapter extends TimeRange {
  /** In the words of the speakers. */
  title: string
}

/** What one detection found. An empty list always comes with the reason. */
export interface Detection {
  moments: Moment[]
  /** Score of the best span around each point of the recording, for the curve in reports. */
  curve: { step: number; values: number[] }
  /** Why there are none or fewer than asked for, in a sentence; null when there are as many as asked for. */
  shortfall: string | null
  candidateCount: number
  /** What a person should know of how it was found, such as why a better rung was left out, in sentences. */
  notes?: string[] | undefined
  /** All chapters of the recording, also those without a moment; only in `chapters` mode. */
  chapters?: Chapter[] | undefined
}
