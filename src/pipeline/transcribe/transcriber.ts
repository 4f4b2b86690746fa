import type { MediaInfo } from '../../domain/media-info.ts'
import type { Progress } from '../../domain/run.ts'
import type { TimeRange } from '../../domain/time-range.ts'
import type { TranscriptFormat, TranscriptOrigin, Word } from '../../domain/transcript.ts'

/** What a source shows or says in one go, in seconds of the recording; as raw as it was read, until `mendCues`. */
export interface Cue extends TimeRange {
  text: string
  speaker: string | null
  /** The words with their times where the source has them, else null: then they are estimated inside the cue. */
  words: Word[] | null
}

/** What a parser makes of a text: cues in the order of the file, nothing mended yet. */
export interface ParsedTranscript {
  format: TranscriptFormat
  /** BCP 47 tag where the text states one. */
  language: string | null
  cues: Cue[]
  /** What was skipped or read with doubt, in sentences for a person, with line numbers. */
  warnings: string[]
}

export interface CueDocument {
  origin: TranscriptOrigin
  language: string | null
  cues: Cue[]
  warnings: string[]
}

/** The recording that needs a transcript. */
export interface TranscribableRecording {
  /** Absolute path of the media file. */
  path: string
  /** Content hash of the media file, as ingest made it. */
  hash: string
  info: MediaInfo
  /** The transcript file a person named, or null. */
  givenTranscript: string | null
}

export interface TranscriptSource {
  /** `format` may still be null here; the document states it. */
  origin: TranscriptOrigin
  /**
   * Names the content: the same fingerprint always reads to the same document, and other content has another one.
   * An engine's fingerprint covers its model and options.
   */
  fingerprint: string
  /**
   * Reads, or listens, and answers with the raw cues. May be called again; answers the same.
   * @throws TranscriptUnreadable, or the source's own AppError, with a sentence naming the source
   * @throws the signal's reason when aborted
   */
  read(options: ReadOptions): Promise<CueDocument>
}

export interface ReadOptions {
  signal: AbortSignal
  /** Called with rising fractions by sources that take more than a moment; others may never call it. */
  onProgress?: (progress: Progress) => void
}

/** Names what could give a recording words now: who could listen, and which files lie beside it. Quick, changes nothing. */
export type WayToWords = (recording: Pick<TranscribableRecording, 'path'>) => Promise<string>

/**
 * Someone who may have the words of a recording: a file beside it, a track inside it, an engine that listens.
 * Never makes words up: what it cannot read it refuses, and where nothing is said it gives no cues.
 */
export interface Transcriber {
  /** e.g. `sidecar`, for logs and messages. */
  readonly name: string
  /**
   * Looks whether this transcriber has anything for the recording; null when not. Quick, changes nothing, repeatable.
   * @throws AppError when there is something a person clearly meant, and it cannot be used (a named file that is missing)
   * @throws the signal's reason when aborted
   */
  find(recording: TranscribableRecording, options: { signal: AbortSignal }): Promise<TranscriptSource | null>
  /** How a person could make this transcriber succeed, as an imperative without a full stop, one a line; null when they cannot. */
  wayOut(recording: TranscribableRecording): string | null
}
