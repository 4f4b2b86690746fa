import { type Kysely, sql } from 'kysely'
import type { Tables } from '../database/tables.ts'
import type { ClipStyle } from '../domain/clip.ts'
import type { Detector, Genre, Reason } from '../domain/moment.ts'
import { ClipNotFound } from './clip-history.store.ts'

/** A clip with the version that is shown, the one last made, and the moment it was made from. */
export interface ListedClip {
  id: string
  recordingId: string
  title: string
  version: number
  style: ClipStyle
  /** Names the rendering. */
  renderingKey: string
  /** Seconds. */
  duration: number
  width: number
  height: number
  sizeBytes: number
  createdAt: Date
  /** Null where the moment was forgotten since. */
  moment: {
    rank: number
    /** Seconds of the recording. */
    start: number
    end: number
    score: number
    confidence: number
    genre: Genre
    text: string
    reasons: Reason[]
    detector: Detector
  } | null
}

/** The finished clips of a recording, the best first. One query. */
export async function listClips(db: Kysely<Tables>, recordingId: string): Promise<ListedClip[]> {
  const rows = await select(db)
    .where('clips.recording_id', '=', recordingId)
    .orderBy(sql`moments.rank asc nulls last`)
    .orderBy('clips.created_at')
    .execute()
  return rows.map(toListed)
}

/** @throws ClipNotFound also where it was never finished */
export async function getListedClip(db: Kysely<Tables>, id: string): Promise<ListedClip> {
  const row = await select(db).where('clips.id', '=', id).executeTakeFirst()
  if (!row) throw new ClipNotFound(id)
  return toListed(row)
}

function select(db: Kysely<Tables>) {
  return db
    .selectFrom('clips')
    .innerJoinLateral(
      (eb) =>
        eb
          .selectFrom('clip_versions')
          .innerJoin('renderings', 'renderings.key', 'clip_versions.rendering_key')
          .select(['clip_versions.version', 'clip_versions.style', 'clip_versions.created_at', 'renderings.key'])
          .select(['renderings.duration_seconds as duration', 'renderings.width', 'renderings.height'])
          .select('renderings.size_bytes as size')
          .whereRef('clip_versions.clip_id', '=', 'clips.id')
          .orderBy('clip_versions.shown_at', 'desc')
          .orderBy('clip_versions.version', 'desc')
          .limit(1)
          .as('newest'),
      (join) => join.onTrue(),
    )
    .leftJoin('moments', 'moments.id', 'clips.moment_id')
    .select(['clips.id', 'clips.recording_id', 'clips.title', 'newest.version', 'newest.style', 'newest.key'])
    .select(['newest.duration', 'newest.width', 'newest.height', 'newest.size', 'newest.created_at'])
    .select(['moments.rank', 'moments.start_seconds', 'moments.end_seconds', 'moments.score', 'moments.confidence'])
    .select(['moments.genre', 'moments.text', 'moments.reasons', 'moments.detector'])
    .where('clips.deleted_at', 'is', null)
}

type Row = Awaited<ReturnType<ReturnType<typeof select>['executeTakeFirstOrThrow']>>

function toListed(row: Row): ListedClip {
  return {
    id: row.id,
    recordingId: row.recording_id,
    title: row.title,
    version: row.version,
    style: row.style,
    renderingKey: row.key,
    duration: row.duration,
    width: row.width,
    height: row.height,
    sizeBytes: row.size,
    createdAt: row.created_at,
    moment:
      row.rank === null
        ? null
        : {
            rank: row.rank,
            start: row.start_seconds ?? 0,
            end: row.end_seconds ?? 0,
            score: row.score ?? 0,
            confidence: row.confidence ?? 0,
            genre: row.genre ?? 'other',
            text: row.text ?? '',
            reasons: row.reasons ?? [],
            detector: row.detector ?? { rung: 'signals', name: 'unknown', version: '0' },
          },
  }
}
