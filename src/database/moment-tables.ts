import type { ColumnType, Generated } from 'kysely'
import type { Chapter, Detector, Genre, Mode, Reason } from '../domain/moment.ts'
import type { CreatedAt, Json } from './table-columns.ts'

/** What is seen and heard in recordings, and the moments found there. */
export interface MomentTables {
  analyses: AnalysesTable
  observations: ObservationsTable
  detections: DetectionsTable
  moments: MomentsTable
}

interface AnalysesTable {
  id: Generated<string>
  recording_id: string
  duration_seconds: number
  fingerprint: string
  loudness_step_seconds: number
  integrated_lufs: number | null
  warnings: Json<string[]>
  created_at: CreatedAt
}

interface ObservationsTable {
  analysis_id: string
  duration_seconds: number
  kind: string
  ordinal: number
  start_seconds: number
  end_seconds: number
  value: Json<unknown>
}

interface DetectionsTable {
  id: Generated<string>
  recording_id: string
  duration_seconds: number
  transcript_id: string
  analysis_id: string
  mode: Mode
  settings: Json<unknown>
  candidate_count: number
  curve: Json<{ step: number; values: number[] }>
  shortfall: string | null
  notes: Json<string[]>
  /** SQL's null in modes without chapters. */
  chapters: ColumnType<Chapter[] | null, string | null, string | null>
  created_at: CreatedAt
}

interface MomentsTable {
  id: Generated<string>
  detection_id: string
  duration_seconds: number
  rank: number
  start_seconds: number
  end_seconds: number
  score: number
  confidence: number
  genre: Genre
  title: string
  text: string
  first_segment: number
  last_segment: number
  features: Json<Record<string, number>>
  reasons: Json<Reason[]>
  detector: Json<Detector>
  hook: string | null
  span_start_seconds: number | null
  span_end_seconds: number | null
}
