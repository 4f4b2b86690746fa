import type { ColumnType, Generated } from 'kysely'
import type { Verdict } from '../domain/feedback.ts'
import type { Detector, Mode } from '../domain/moment.ts'
import type { CreatedAt, Json } from './table-columns.ts'

/** What people think of clips, and which detector finds them. */
export interface LearningTables {
  feedback: FeedbackTable
  detector_rollouts: DetectorRolloutsTable
  detector_choices: DetectorChoicesTable
}

interface FeedbackTable {
  id: Generated<number>
  recording_id: string
  duration_seconds: number
  clip_id: string | null
  moment_id: string | null
  start_seconds: number
  end_seconds: number
  mode: Mode
  features: Json<Record<string, number>>
  detector: Json<Detector>
  verdict: Verdict['kind']
  stars: number | null
  trim_start_seconds: number | null
  trim_end_seconds: number | null
  comment: string | null
  created_at: CreatedAt
  created_by: string
  updated_at: Generated<Date>
  updated_by: string
  deleted_at: Date | null
  /** Present when deleted: taken back one by one, or all at once. */
  deleted_how: 'undo' | 'reset' | null
}

interface DetectorRolloutsTable {
  id: Generated<number>
  /** `name@version`. */
  detector: string
  role: 'current' | 'trial'
  /** Of the recordings, above 0 up to 1. */
  share: number
  status: 'live' | 'ended' | 'rolled-back'
  reason: string | null
  evidence: ColumnType<unknown, string | null | undefined, string | null>
  created_at: CreatedAt
  created_by: string
  updated_at: Generated<Date>
  updated_by: string
  ended_at: Date | null
}

interface DetectorChoicesTable {
  step_id: string
  recording_id: string
  /** `name@version`. */
  detector: string
  why: 'standard' | 'current' | 'trial' | 'setting'
  chosen_at: Generated<Date>
}
