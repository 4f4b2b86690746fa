import { type Kysely, sql } from 'kysely'
import { json } from '../database/json.ts'
import type { Tables } from '../database/tables.ts'
import type { ClipEdit, ClipStyle, Framing } from '../domain/clip.ts'
import type { TimeRange } from '../domain/time-range.ts'

/** One version of a clip: what it plays, where the camera looks, how it looks. */
export interface ClipVersion {
  id: string
  clipId: string
  version: number
  edit: ClipEdit
  style: ClipStyle
  framing: Framing
  renderingKey: string | null
}

/**
 * Saves an edit of a recording as the newest version of its clip; an identical version is found, not doubled. Edits of the same
 * moment are versions of one clip, whatever they play. Returns the version's id.
 */
export async function saveClipVersion(tx: Kysely<Tables>, clip: ClipToSave): Promise<string> {
  const clipId = await saveClip(tx, clip)
  await sql`select from clips where id = ${clipId} for update`.execute(tx)
  const known = await tx
    .selectFrom('clip_versions')
    .select('id')
    .where('clip_id', '=', clipId)
    .where('content_hash', '=', clip.contentHash)
    .executeTakeFirst()
  if (known) return known.id
  const { id } = await tx
    .insertInto('clip_versions')
    .values({
      clip_id: clipId,
      version: sql<number>`(select coalesce(max(version), 0) + 1 from clip_versions where clip_id = ${clipId})`,
      content_hash: clip.contentHash,
      edit: json(clip.edit),
      style: json(clip.style),
      framing: json(clip.framing),
      rendering_key: null,
      created_by: clip.by,
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  return id
}

interface ClipToSave {
  recordingId: string
  momentId: string
  /** Of the moment the clip was first made of, seconds of the recording. */
  span: TimeRange
  title: string
  edit: ClipEdit
  style: ClipStyle
  framing: Framing
  /** Hash of edit, style and framing. */
  contentHash: string
  by: string
}

async function saveClip(tx: Kysely<Tables>, { recordingId, momentId, span, title, by }: ClipToSave): Promise<string> {
  const naturalKey = `${span.start}-${span.end}`
  const { id } = await tx
    .insertInto('clips')
    .values({
      recording_id: recordingId,
      natural_key: naturalKey,
      moment_id: momentId,
      title,
      created_by: by,
      updated_by: by,
    })
    .onConflict((conflict) =>
      conflict
        .columns(['recording_id', 'natural_key'])
        .where('deleted_at', 'is', null)
        .doUpdateSet({ moment_id: momentId, title, updated_at: new Date(), updated_by: by }),
    )
    .returning('id')
    .executeTakeFirstOrThrow()
  return id
}

export async function getClipVersion(db: Kysely<Tables>, id: string): Promise<ClipVersion> {
  const row = await db.selectFrom('clip_versions').selectAll().where('id', '=', id).executeTakeFirstOrThrow()
  return {
    id,
    clipId: row.clip_id,
    version: row.version,
    edit: row.edit,
    style: row.style,
    framing: row.framing,
    renderingKey: row.rendering_key,
  }
}

/** Notes which file shows this version; it is the one of its clip that is shown from now on. */
export async function setRendering(db: Kysely<Tables>, versionId: string, key: string): Promise<void> {
  await db
    .updateTable('clip_versions')
    .set({ rendering_key: key, shown_at: sql<Date>`now()` })
    .where('id', '=', versionId)
    .execute()
}
