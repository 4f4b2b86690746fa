import { type Kysely, type RawBuilder, sql } from 'kysely'
import type { Tables } from '../database/tables.ts'
import type { RunStatus } from '../domain/run.ts'
import { RecordingNotFound } from './recordings.store.ts'

/** A recording as lists show it. */
export interface ListedRecording {
  id: string
  title: string
  /** Seconds. */
  duration: number
  sizeBytes: number
  hasPicture: boolean
  createdAt: Date
  /** Where it stands in the list: `createdAt` as the database writes it, to the microsecond. */
  place: string
  /** Clips that have a rendering. */
  clips: number
  /** How its newest run stands; null when it has none any more. */
  latestRun: { id: string; status: RunStatus } | null
}

interface WhichRecordings {
  limit: number
  /** Where the page before ended, in the same order. */
  before?: { at: string; id: string } | undefined
  /** In the title. */
  text?: string | undefined
  /** Of its newest run. */
  status?: RunStatus | undefined
  /** Taken in then or later, and before; ISO 8601. */
  since?: string | undefined
  until?: string | undefined
  sort?: 'newest' | 'oldest' | undefined
}

/** Recordings, the newest first unless told. One query. */
export async function listRecordings(db: Kysely<Tables>, which: WhichRecordings): Promise<ListedRecording[]> {
  const { limit, before, text, status, since, until, sort = 'newest' } = which
  let query = select(db)
  for (const condition of conditionsOf({ text, since, until })) query = query.where(condition)
  if (status !== undefined) query = query.where('latest.run_status', '=', status)
  if (before !== undefined) {
    const place = sql`(${before.at}::timestamptz, ${before.id}::uuid)`
    const later = sql<boolean>`(recordings.created_at, recordings.id) > ${place}`
    query = query.where(sort === 'oldest' ? later : sql<boolean>`(recordings.created_at, recordings.id) < ${place}`)
  }
  const direction = sort === 'oldest' ? 'asc' : 'desc'
  const rows = await query
    .orderBy('recordings.created_at', direction)
    .orderBy('recordings.id', direction)
    .limit(limit)
    .execute()
  return rows.map(toListed)
}

/** How many there are, whatever became of them. */
export async function countRecordings(
  db: Kysely<Tables>,
  which: Pick<WhichRecordings, 'text' | 'since' | 'until'>,
): Promise<number> {
  let query = db.selectFrom('recordings').select(sql<number>`count(*)::int`.as('count')).where('deleted_at', 'is', null)
  for (const condition of conditionsOf(which)) query = query.where(condition)
  return (await query.executeTakeFirstOrThrow()).count
}

function conditionsOf({
  text,
  since,
  until,
}: Pick<WhichRecordings, 'text' | 'since' | 'until'>): RawBuilder<boolean>[] {
  return [
    ...(text === undefined ? [] : [sql<boolean>`recordings.title ilike ${`%${text.replace(/[\\%_]/g, '\\$&')}%`}`]),
    ...(since === undefined ? [] : [sql<boolean>`recordings.created_at >= ${since}::timestamptz`]),
    ...(until === undefined ? [] : [sql<boolean>`recordings.created_at < ${until}::timestamptz`]),
  ]
}

/** @throws RecordingNotFound */
export async function getListedRecording(db: Kysely<Tables>, id: string): Promise<ListedRecording> {
  const row = await select(db).where('recordings.id', '=', id).executeTakeFirst()
  if (!row) throw new RecordingNotFound(id)
  return toListed(row)
}

type Row = Awaited<ReturnType<ReturnType<typeof select>['executeTakeFirstOrThrow']>>

function select(db: Kysely<Tables>) {
  return db
    .selectFrom('recordings')
    .leftJoinLateral(
      (eb) =>
        eb
          .selectFrom('runs')
          .select(['runs.id as run_id', 'runs.status as run_status'])
          .whereRef('runs.recording_id', '=', 'recordings.id')
          .orderBy('runs.created_at', 'desc')
          .limit(1)
          .as('latest'),
      (join) => join.onTrue(),
    )
    .select(['recordings.id', 'recordings.title', 'recordings.created_at', 'latest.run_id', 'latest.run_status'])
    .select(['recordings.duration_seconds as duration', 'recordings.size_bytes as size'])
    .select(sql<string>`recordings.created_at::text`.as('place'))
    .select(sql<boolean>`coalesce(jsonb_typeof(recordings.info->'video') = 'object', false)`.as('has_picture'))
    .select((eb) =>
      eb
        .selectFrom('clips')
        .innerJoin('clip_versions', 'clip_versions.clip_id', 'clips.id')
        .select(sql<number>`count(distinct clips.id)::int`.as('count'))
        .whereRef('clips.recording_id', '=', 'recordings.id')
        .where('clips.deleted_at', 'is', null)
        .where('clip_versions.rendering_key', 'is not', null)
        .as('clips'),
    )
    .where('recordings.deleted_at', 'is', null)
}

function toListed(row: Row): ListedRecording {
  return {
    id: row.id,
    title: row.title,
    duration: row.duration,
    sizeBytes: row.size,
    hasPicture: row.has_picture,
    createdAt: row.created_at,
    place: row.place,
    clips: row.clips ?? 0,
    latestRun: row.run_id === null || row.run_status === null ? null : { id: row.run_id, status: row.run_status },
  }
}
