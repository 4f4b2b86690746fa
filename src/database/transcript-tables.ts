import type { ColumnType, Generated } from 'kysely'
import type { TranscriptOrigin, Word } from '../domain/transcript.ts'
import type { CreatedAt, Json } from './table-columns.ts'

/** What is said in recordings, and what engines have heard of it so far. */
export interface TranscriptTables {
  transcripts: TranscriptsTable
  segments: SegmentsTable
  heard_windows: HeardWindowsTable
}

interface TranscriptsTable {
  id: Generated<string>
  recording_id: string
  duration_seconds: number
  version: number
  current: boolean
  fingerprint: string
  origin: Json<TranscriptOrigin>
  language: string | null
  warnings: Json<string[]>
  segment_count: number
  created_at: CreatedAt
  created_by: string
  /** The version that was corrected. */
  based_on: string | null
  /** What a person changed, as a sentence without a full stop. */
  note: string | null
  /** Fingerprint of the file, track or engine the words came from. */
  source: string | null
  /** When a person chose it: such a version is kept by later runs. */
  chosen_at: Date | null
}

interface SegmentsTable {
  transcript_id: string
  duration_seconds: number
  ordinal: number
  start_seconds: number
  end_seconds: number
  text: string
  speaker: string | null
  words: Json<Word[]>
}

interface HeardWindowsTable {
  recording_hash: string
  engine: string
  start_ms: number
  end_ms: number
  /** Null where the engine broke on it. */
  answer: ColumnType<unknown, string | null, string | null>
  /** How often the engine broke on it, ever; a success does not take it back. */
  broken: number
  reason: string | null
  usd: number
  heard_at: ColumnType<Date, never, Date>
}
