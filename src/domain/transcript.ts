import type { TimeRange } from './time-range.ts'

/** One spoken word; times in seconds of the recording. */
export interface Word extends TimeRange {
  text: string
  /** 0 to 1 where the source says how sure it was. */
  confidence: number | null
  /** `exact`: from the source, or found in the sound; `estimated`: placed inside its cue by length. */
  timing: 'exact' | 'estimated'
}

/** A sentence-like stretch of one speaker. */
export interface Segment extends TimeRange {
  ordinal: number
  text: string
  speaker: string | null
  words: Word[]
}

export type TranscriptFormat =
  | 'srt'
  | 'vtt'
  | 'whisper'
  | 'whisperx'
  | 'assemblyai'
  | 'deepgram'
  | 'podcasting'
  | 'clipwright'

/** Where a transcript came from. It is always something that exists; nothing here is ever made up. */
export interface TranscriptOrigin {
  /** `platform`: captions of the site or the feed it came from; `none`: words were not wanted. */
  kind: 'given' | 'sidecar' | 'platform' | 'embedded' | 'local' | 'cloud' | 'none'
  /** File, track or model it was read from, for people. */
  name: string
  format: TranscriptFormat | null
}

/**
 * Who may listen to a recording that has no transcript: `auto` is what the settings say, `local` sends nothing anywhere, `cloud` agrees that its sound is
 * sent to a service, `off` is nobody.
 */
export const transcribeModes = ['auto', 'local', 'cloud', 'off'] as const
export type TranscribeMode = (typeof transcribeModes)[number]

/** The timed words of a recording before they are stored. */
export interface TranscriptDocument {
  origin: TranscriptOrigin
  /** BCP 47 tag where known. */
  language: string | null
  segments: Segment[]
  /** What was skipped or mended while reading, in sentences for a person. */
  warnings: string[]
}

/** One version of a recording's transcript; one of them is current. */
export interface TranscriptVersion {
  id: string
  /** From 1. */
  version: number
  current: boolean
  origin: TranscriptOrigin
  language: string | null
  /** How many. */
  segments: number
  /** What a person changed; null where nobody did. */
  note: string | null
  /** Fingerprint of what the words were read from, where known. */
  source: string | null
  /** A person chose it, so later runs keep it. */
  isChosen: boolean
  /** Version that was corrected. */
  basedOn: number | null
  at: Date
  by: string
}
