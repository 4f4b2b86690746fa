import { type Kysely, sql } from 'kysely'
import { json } from '../database/json.ts'
import type { Tables } from '../database/tables.ts'
import type { TimeRange } from '../domain/time-range.ts'

/** What a person changed about a clip: one version of it, in full. */
export interface ClipEditVersion {
  /** Greater is later. */
  id: number
  /** Of the moment the clip is made of, seconds of the recording: what it is known by. */
  span: TimeRange
  /** As it was stored; parse it. */
  changes: unknown
  at: Date
  by: string
}

interface ClipOfRecording {
  recordingId: string
  span: TimeRange
}

/** Saves changes beside all earlier ones of the clip; the last that was not taken back counts. Returns its id. */
export async function saveClipEdit(
  db: Kysely<Tables>,
  { recordingId, span, changes, by }: ClipOfRecording & { changes: object; by: string },
): Promise<number> {
  const { id } = await db
    .insertInto('clip_edits')
    .values((eb) => ({
      recording_id: recordingId,
      duration_seconds: eb
        .selectFrom('recordings')
        .select('duration_seconds')
        .where('id', '=', recordingId)
        .$asScalar(),
      start_seconds: span.start,
      end_seconds: span.end,
      changes: json(changes),
      created_by: by,
      updated_by: by,
    }))
    .returning('id')
    .executeTakeFirstOrThrow()
  return id
}

/** The changes that count, of each clip of a recording that has any. */
export async function getClipEdits(db: Kysely<Tables>, recordingId: string): Promise<ClipEditVersion[]> {
  const rows = await db
    .selectFrom('clip_edits')
    .distinctOn(['start_seconds', 'end_seconds'])
    .selectAll()
    .where('recording_id', '=', recordingId)
    .where('deleted_at', 'is', null)
    .orderBy('start_seconds')
    .orderBy('end_seconds')
    .orderBy('id', 'desc')
    .execute()
  return rows.map(toVersion)
}

/** All versions of a clip's changes that were not taken back, oldest first. */
export async function listClipEdits(
  db: Kysely<Tables>,
  { recordingId, span }: ClipOfRecording,
): Promise<ClipEditVersion[]> {
  const rows = await db
    .selectFrom('clip_edits')
    .selectAll()
    .where('recording_id', '=', recordingId)
    .where('start_seconds', '=', span.start)
    .where('end_seconds', '=', span.end)
    .where('deleted_at', 'is', null)
    .orderBy('id')
    .execute()
  return rows.map(toVersion)
}

/** Takes one version back: the one before it counts again. False when somebody has already. */
export async function takeBackClipEdit(db: Kysely<Tables>, { id, by }: { id: number; by: string }): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('clip_edits')
    .set({ deleted_at: sql<Date>`now()`, updated_at: sql<Date>`now()`, updated_by: by })
    .where('id', '=', id)
    .where('deleted_at', 'is', null)
    .executeTakeFirst()
  return numUpdatedRows > 0n
}

/** Takes taking back back. */
export async function restoreClipEdit(db: Kysely<Tables>, { id, by }: { id: number; by: string }): Promise<void> {
  await db
    .updateTable('clip_edits')
    .set({ deleted_at: null, updated_at: sql<Date>`now()`, updated_by: by })
    .where('id', '=', id)
    .execute()
}

function toVersion(row: {
  id: number
  start_seconds: number
  end_seconds: number
  changes: unknown
  created_at: Date
  created_by: string
}): ClipEditVersion {
  const { id, start_seconds: start, end_seconds: end, changes, created_at: at, created_by: by } = row
  return { id, span: { start, end }, changes, at, by }
}
