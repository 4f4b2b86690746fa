import type { Generated } from 'kysely'
import type { ClipEdit, ClipStyle, Framing } from '../domain/clip.ts'
import type { CreatedAt, Json } from './table-columns.ts'

/** Clips with their versions, and the files made of them. */
export interface ClipTables {
  clips: ClipsTable
  clip_versions: ClipVersionsTable
  clip_edits: ClipEditsTable
  renderings: RenderingsTable
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
