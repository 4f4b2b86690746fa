import type { Generated } from 'kysely'
import type { MediaInfo } from '../domain/media-info.ts'
import type { CreatedAt, Json } from './table-columns.ts'

/** Recordings, and what is known of files by their path. */
export interface RecordingTables {
  recordings: RecordingsTable
  file_hashes: FileHashesTable
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
