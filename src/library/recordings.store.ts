import { type Kysely, sql } from 'kysely'
import { json } from '../database/json.ts'
import type { Tables } from '../database/tables.ts'
import { AppError } from '../domain/app-error.ts'
import type { MediaInfo } from '../domain/media-info.ts'

/** A stored recording; `path` is where its file was last seen, `duration` is in seconds. */
export interface Recording {
  id: string
  title: string
  path: string
  contentHash: string
  sizeBytes: number
  duration: number
  info: MediaInfo
}

export class RecordingNotFound extends AppError {
  readonly code = 'RECORDING_NOT_FOUND'
  constructor(id: string) {
    super(`There is no recording ${id}.`)
  }
}

/**
 * Saves a recording, or finds the one with the same content and notes where its file is now, and what probing says of it today. Its length stays:
 * what is stored of it lies within. Returns its id.
 */
export async function saveRecording(
  db: Kysely<Tables>,
  recording: Omit<Recording, 'id' | 'duration' | 'sizeBytes'>,
  by: string,
): Promise<string> {
  const row = await db
    .insertInto('recordings')
    .values({
      title: recording.title,
      path: recording.path,
      content_hash: recording.contentHash,
      size_bytes: recording.info.sizeBytes,
      duration_seconds: recording.info.duration,
      info: json(recording.info),
      created_by: by,
      updated_by: by,
    })
    .onConflict((conflict) =>
      conflict.column('content_hash').where('deleted_at', 'is', null).doUpdateSet({
        path: recording.path,
        title: recording.title,
        info: sql`excluded.info || jsonb_build_object('duration', recordings.duration_seconds)`,
        updated_at: new Date(),
        updated_by: by,
      }),
    )
    .returning('id')
    .executeTakeFirstOrThrow()
  return row.id
}

/** @throws RecordingNotFound */
export async function getRecording(db: Kysely<Tables>, id: string): Promise<Recording> {
  const row = await db
    .selectFrom('recordings')
    .selectAll()
    .where('id', '=', id)
    .where('deleted_at', 'is', null)
    .executeTakeFirst()
  if (!row) throw new RecordingNotFound(id)
  return {
    id: row.id,
    title: row.title,
    path: row.path,
    contentHash: row.content_hash,
    sizeBytes: row.size_bytes,
    duration: row.duration_seconds,
    info: row.info,
  }
}

/** The recording with this content, or null. */
export async function findRecordingByHash(db: Kysely<Tables>, contentHash: string): Promise<Recording | null> {
  const row = await db
    .selectFrom('recordings')
    .select('id')
    .where('content_hash', '=', contentHash)
    .where('deleted_at', 'is', null)
    .executeTakeFirst()
  return row === undefined ? null : getRecording(db, row.id)
}

/** Titles of the newest recordings, newest first, each once. */
export async function getRecordingTitles(db: Kysely<Tables>, most: number): Promise<string[]> {
  const rows = await db
    .selectFrom('recordings')
    .select('title')
    .where('deleted_at', 'is', null)
    .orderBy('created_at', 'desc')
    .limit(most)
    .execute()
  return [...new Set(rows.map(({ title }) => title))]
}
