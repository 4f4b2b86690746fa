import type { ColumnType, Generated } from 'kysely'
import type { ErrorRecord } from '../domain/app-error.ts'
import type { CreatedAt, Json } from './table-columns.ts'

/** Files that people send; `migrations/0014-uploads.ts`. */
export interface UploadTables {
  uploads: UploadsTable
}

interface UploadsTable {
  id: Generated<string>
  /** An account; null for what was sent while there was none. */
  owner: string | null
  /** `asset`: music, a logo, a font and what else a run is asked to use. */
  kind: 'recording' | 'transcript' | 'asset'
  /** `partial`: a part of a `final` one, which names its parts. */
  part: 'whole' | 'partial' | 'final'
  status: 'receiving' | 'whole' | 'begun' | 'refused'
  title: string
  file_name: string
  /** Upload-Metadata as it came. */
  metadata: string
  settings: Json<unknown>
  transcript_id: string | null
  parts: ColumnType<string[] | null, string[] | null, never>
  /** Null while nobody has said how long it will be. */
  length_bytes: number | null
  /** Bytes that are on the disk for certain. */
  offset_bytes: Generated<number>
  content_hash: string | null
  path: string | null
  run_id: string | null
  error: ColumnType<ErrorRecord | null, string | null | undefined, string | null>
  created_at: CreatedAt
  updated_at: Generated<Date>
  /** When its bytes are removed, unless it has become a recording by then. */
  expires_at: Date | null
}
