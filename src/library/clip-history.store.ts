import { type Kysely, sql } from 'kysely'
import type { Tables } from '../database/tables.ts'
import { AppError, type ErrorRecord } from '../domain/app-error.ts'
import type { ClipEdit, ClipStyle, Framing } from '../domain/clip.ts'
import type { RunStatus } from '../domain/run.ts'
import type { Rendering } from './renderings.store.ts'

export class ClipNotFound extends AppError {
  readonly code = 'CLIP_NOT_FOUND'
  constructor(name: string) {
    super(`There is no clip ${name} in this library.`, {
      hint: 'Name the file of a clip, or a run or its folder with the rank: talk-clips#3. Clips of another data folder need its --data.',
    })
  }
}

/** One version of a clip as it was made, with its file where there is one. */
export interface MadeVersion {
  version: number
  edit: ClipEdit
  style: ClipStyle
  framing: Framing
  createdAt: Date
  shownAt: Date
  by: string
  rendering: Rendering | null
}

/** All versions of a clip that were ever made, the one that is shown first. One query. */
export async function listMadeVersions(db: Kysely<Tables>, clipId: string): Promise<MadeVersion[]> {
  const rows = await selectMade(db).where('clip_versions.clip_id', '=', clipId).execute()
  return rows.map(toMade)
}

/** The version that is shown of each clip of a recording that can be watched, by the clip's id. One query. */
export async function listShownVersions(db: Kysely<Tables>, recordingId: string): Promise<Map<string, MadeVersion>> {
  const rows = await selectMade(db)
    .innerJoin('clips', 'clips.id', 'clip_versions.clip_id')
    .distinctOn('clip_versions.clip_id')
    .clearOrderBy()
    .orderBy('clip_versions.clip_id')
    .orderBy('clip_versions.shown_at', 'desc')
    .orderBy('clip_versions.version', 'desc')
    .where('clips.recording_id', '=', recordingId)
    .where('clips.deleted_at', 'is', null)
    .where('renderings.key', 'is not', null)
    .execute()
  return new Map(rows.map((row) => [row.clip_id, toMade(row)]))
}

function selectMade(db: Kysely<Tables>) {
  return db
    .selectFrom('clip_versions')
    .leftJoin('renderings', 'renderings.key', 'clip_versions.rendering_key')
    .select(['clip_versions.version', 'clip_versions.edit', 'clip_versions.style', 'clip_versions.framing'])
    .select(['clip_versions.created_at', 'clip_versions.created_by', 'clip_versions.shown_at', 'clip_versions.clip_id'])
    .select(['renderings.key', 'renderings.path', 'renderings.sha256', 'renderings.size_bytes', 'renderings.report'])
    .select(['renderings.duration_seconds', 'renderings.width', 'renderings.height'])
    .orderBy(sql`renderings.key is not null`, 'desc')
    .orderBy('clip_versions.shown_at', 'desc')
    .orderBy('clip_versions.version', 'desc')
}

type Row = Awaited<ReturnType<ReturnType<typeof selectMade>['executeTakeFirstOrThrow']>>

function toMade(row: Row): MadeVersion {
  const { key, path, sha256, size_bytes, duration_seconds, width, height, report } = row
  return {
    version: row.version,
    edit: row.edit,
    style: row.style,
    framing: row.framing,
    createdAt: row.created_at,
    shownAt: row.shown_at,
    by: row.created_by,
    rendering:
      key === null
        ? null
        : {
            key,
            path: path ?? '',
            sha256: sha256 ?? '',
            sizeBytes: size_bytes ?? 0,
            duration: duration_seconds ?? 0,
            width: width ?? 0,
            height: height ?? 0,
            report,
          },
  }
}

/** How the newest run that an edit of the clip began stands. */
export interface EditRun {
  runId: string
  status: RunStatus
  createdAt: Date
  /** Why the clip could not be made, where that is so. */
  error: ErrorRecord | null
}

/** Null where nobody has edited the clip over HTTP. `rank` is that of its moment. */
export async function findEditRun(
  db: Kysely<Tables>,
  { clipId, rank }: { clipId: string; rank: number },
): Promise<EditRun | null> {
  const row = await db
    .selectFrom('runs')
    .select((eb) => [
      'runs.id',
      'runs.status',
      'runs.created_at',
      'runs.error',
      eb
        .selectFrom('steps')
        .select('steps.error')
        .whereRef('steps.run_id', '=', 'runs.id')
        .where('steps.subject', '=', rank)
        .where('steps.kind', 'in', ['reframe', 'cut'])
        .where('steps.status', '=', 'failed')
        .limit(1)
        .as('stepError'),
    ])
    .where(sql<boolean>`runs.settings ? 'editOf'`)
    .where(sql<string>`runs.settings->>'editOf'`, '=', clipId)
    .orderBy('runs.created_at', 'desc')
    .limit(1)
    .executeTakeFirst()
  if (row === undefined) return null
  return { runId: row.id, status: row.status, createdAt: row.created_at, error: row.stepError ?? row.error }
}

/** Runs under way that edits of clips of these moments began, but for one. */
export async function findEditRunsUnderWay(
  db: Kysely<Tables>,
  { detectionOf, butFor }: { detectionOf: string; butFor: string },
): Promise<string[]> {
  const rows = await db
    .selectFrom('runs')
    .select('id')
    .where('status', '=', 'working')
    .where('detection_id', '=', (eb) =>
      eb.selectFrom('runs as of').select('of.detection_id').where('of.id', '=', detectionOf),
    )
    .where(sql<boolean>`settings ? 'editOf'`)
    .where('id', '<>', butFor)
    .execute()
  return rows.map(({ id }) => id)
}

/** Keeps others from editing the clip until the transaction ends. @throws ClipNotFound */
export async function lockClip(tx: Kysely<Tables>, clipId: string): Promise<void> {
  const row = await tx
    .selectFrom('clips')
    .select('id')
    .where('id', '=', clipId)
    .where('deleted_at', 'is', null)
    .forUpdate()
    .executeTakeFirst()
  if (row === undefined) throw new ClipNotFound(clipId)
}
