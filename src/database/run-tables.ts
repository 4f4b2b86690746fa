import type { Generated } from 'kysely'
import type { ErrorRecord } from '../domain/app-error.ts'
import type { ProcessIdentity } from '../domain/process-identity.ts'
import type { Progress, RunStatus, StepKind, StepStatus } from '../domain/run.ts'
import type { CreatedAt, Json } from './table-columns.ts'

/** Runs, their steps, and what steps may use again. */
export interface RunTables {
  runs: RunsTable
  steps: StepsTable
  memos: MemosTable
  failed_attempts: FailedAttemptsTable
  paused_kinds: PausedKindsTable
}

interface RunsTable {
  id: Generated<string>
  recording_id: string | null
  transcript_id: string | null
  analysis_id: string | null
  detection_id: string | null
  moment_count: number | null
  status: RunStatus
  fingerprint: string
  settings: Json<unknown>
  owner: Json<ProcessIdentity | null>
  error: Json<ErrorRecord | null>
  /** What could have given it words whenever that was tried, without success. */
  ways_tried: Generated<string[]>
  completeness: number | null
  priority: Generated<number>
  created_at: CreatedAt
  created_by: string
  finished_at: Date | null
}

interface StepsTable {
  id: Generated<string>
  run_id: string
  kind: StepKind
  subject: number
  status: StepStatus
  job_id: string
  attempts: Generated<number>
  holder: Json<ProcessIdentity | null>
  progress: Json<Progress | null>
  reused: Generated<boolean>
  output: Json<unknown>
  error: Json<ErrorRecord | null>
  queued_at: Generated<Date>
  started_at: Date | null
  finished_at: Date | null
}

interface MemosTable {
  key: string
  kind: StepKind
  output: Json<unknown>
  created_at: CreatedAt
}

interface FailedAttemptsTable {
  step_id: string
  job_id: string
  attempt: number
  holder: Json<ProcessIdentity | null>
  error: Json<ErrorRecord>
  started_at: Date | null
  ended_at: Generated<Date>
}

interface PausedKindsTable {
  kind: StepKind
  created_at: CreatedAt
  created_by: string
}
