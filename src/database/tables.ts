import type { ColumnType, Generated } from 'kysely'
import type { ErrorRecord } from '../domain/app-error.ts'
import type { ClipEdit, ClipStyle, Framing } from '../domain/clip.ts'
import type { Verdict } from '../domain/feedback.ts'
import type { MediaInfo } from '../domain/media-info.ts'
import type { CallOutcome } from '../domain/model-call.ts'
import type { Chapter, Detector, Genre, Mode, Reason } from '../domain/moment.ts'
import type { ProcessIdentity } from '../domain/process-identity.ts'
import type { Progress, RunStatus, StepKind, StepStatus } from '../domain/run.ts'
import type { TranscriptOrigin, Word } from '../domain/transcript.ts'
import type { Shortage, WorkInHand } from '../domain/worker.ts'
import type { AccountTables } from './account-tables.ts'
import type { LibrarySettingsTable } from './library-settings-table.ts'
import type { MetricsTables } from './metrics-tables.ts'
import type { UploadTables } from './upload-tables.ts'

/** A jsonb column: read as T, written as the JSON text made by `json()`. */
type Json<T> = ColumnType<T, string, string>
type CreatedAt = ColumnType<Date, never, never>

/** Every table as the code sees it; `migrations/` is what makes them. Times are seconds unless the name says otherwise. */
export interface Tables extends AccountTables, UploadTables, MetricsTables {
  recordings: RecordingsTable
  file_hashes: FileHashesTable
  transcripts: TranscriptsTable
  segments: SegmentsTable
  analyses: AnalysesTable
  observations: ObservationsTable
  detections: DetectionsTable
  moments: MomentsTable
  clips: ClipsTable
  clip_versions: ClipVersionsTable
  clip_edits: ClipEditsTable
  renderings: RenderingsTable
  runs: RunsTable
  steps: StepsTable
  memos: MemosTable
  events: EventsTable
  child_processes: ChildProcessesTable
  model_calls: ModelCallsTable
  feedback: FeedbackTable
  detector_rollouts: DetectorRolloutsTable
  detector_choices: DetectorChoicesTable
  heard_windows: HeardWindowsTable
  workers: WorkersTable
  request_keys: RequestKeysTable
  library_settings: LibrarySettingsTable
  paused_kinds: PausedKindsTable
  failed_attempts: FailedAttemptsTable
}

interface RecordingsTable {
  id: Generated<string>
  title: string
  path: string
  content_hash: string
  size_bytes: number
  duration_seconds: number
  info: Json<MediaInfo>
  created_at: CreatedAt
  created_by: string
  updated_at: Generated<Date>
  updated_by: string
  deleted_at: Date | null
}

interface FileHashesTable {
  path: string
  size_bytes: number
  modified_ms: number
  inode: string
  content_hash: string
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

interface ClipsTable {
  id: Generated<string>
  recording_id: string
  natural_key: string
  moment_id: string | null
  title: string
  created_at: CreatedAt
  created_by: string
  updated_at: Generated<Date>
  updated_by: string
  deleted_at: Date | null
}

interface ClipVersionsTable {
  id: Generated<string>
  clip_id: string
  version: number
  content_hash: string
  edit: Json<ClipEdit>
  style: Json<ClipStyle>
  framing: Json<Framing>
  rendering_key: string | null
  created_at: CreatedAt
  created_by: string
  /** When it last became the one to be shown. */
  shown_at: Generated<Date>
}

interface ClipEditsTable {
  id: Generated<number>
  recording_id: string
  duration_seconds: number
  start_seconds: number
  end_seconds: number
  changes: Json<unknown>
  created_at: CreatedAt
  created_by: string
  updated_at: Generated<Date>
  updated_by: string
  deleted_at: Date | null
}

interface RenderingsTable {
  key: string
  path: string
  sha256: string
  size_bytes: number
  duration_seconds: number
  width: number
  height: number
  report: Json<unknown>
  created_at: CreatedAt
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

interface WorkersTable {
  id: Generated<string>
  identity: Json<ProcessIdentity>
  kinds: StepKind[]
  limits: Json<Partial<Record<StepKind, number>>>
  only_run: string | null
  status: 'working' | 'draining'
  doing: Json<WorkInHand[]>
  done_count: Generated<number>
  memory_bytes: number
  restarts: Generated<number>
  shortages: ColumnType<Shortage[], string | undefined, string>
  load_per_core: number | null
  free_megabytes: number | null
  loop_delay_ms: number | null
  started_at: CreatedAt
  beat_at: Generated<Date>
}

interface PausedKindsTable {
  kind: StepKind
  created_at: CreatedAt
  created_by: string
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

interface EventsTable {
  id: Generated<number>
  at: CreatedAt
  severity: 'debug' | 'info' | 'warn' | 'error'
  component: string
  name: string
  message: string
  data: Json<unknown>
  run_id: string | null
  recording_id: string | null
}

interface ChildProcessesTable {
  host: string
  boot_id: string
  pid: number
  start_time: string
  step_id: string
  command: string
  started_at: CreatedAt
}

interface ModelCallsTable {
  id: Generated<string>
  provider: string
  model: string
  purpose: string
  prompt_version: string
  content_key: string
  recording_id: string | null
  run_id: string | null
  outcome: CallOutcome
  holder: Json<ProcessIdentity | null>
  reserved_tokens: number
  reserved_usd: number
  input_tokens: number | null
  output_tokens: number | null
  cost_usd: number | null
  http_status: number | null
  error: ColumnType<ErrorRecord | null, string | null | undefined, string | null>
  answer: ColumnType<unknown, string | null | undefined, string | null>
  retry_at: Date | null
  begun_at: Date
  ended_at: Date | null
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

interface RequestKeysTable {
  /** The id of the account that asked; `http` while there are none. */
  caller: string
  key: string
  /** `POST /path`. */
  route: string
  body_hash: string
  /** Null while it is being answered. */
  answer: ColumnType<
    { status: number; type: string; location: string | null; body: string } | null,
    string | null | undefined,
    string | null
  >
  created_at: CreatedAt
}
