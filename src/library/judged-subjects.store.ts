import { type Kysely, sql } from 'kysely'
import type { Tables } from '../database/tables.ts'
import type { JudgedSubject } from '../domain/feedback.ts'

/** What a verdict can be about, with what a person knows it by. */
export interface FoundSubject extends JudgedSubject {
  rank: number
  title: string
  recordingTitle: string
}

const moments = (db: Kysely<Tables>) =>
  db
    .selectFrom('moments')
    .innerJoin('detections', 'detections.id', 'moments.detection_id')
    .innerJoin('recordings', 'recordings.id', 'detections.recording_id')
    .where('recordings.deleted_at', 'is', null)
    .select((eb) => [
      'moments.id',
      'moments.rank',
      'moments.title',
      'moments.start_seconds',
      'moments.end_seconds',
      'moments.features',
      'moments.detector',
      'detections.mode',
      'recordings.id as recording_id',
      'recordings.title as recording_title',
      // The clip of exactly this span, also one that was deleted: what a person threw away teaches, too.
      eb
        .selectFrom('clips')
        .select('clips.id')
        .whereRef('clips.recording_id', '=', 'recordings.id')
        .where((inner) =>
          inner.or([
            inner('clips.moment_id', '=', inner.ref('moments.id')),
            inner('clips.natural_key', '=', sql<string>`moments.start_seconds || '-' || moments.end_seconds`),
          ]),
        )
        .orderBy(sql`clips.deleted_at is null`, 'desc')
        .orderBy('clips.created_at', 'desc')
        .limit(1)
        .as('clip_id'),
    ])

type Row = Awaited<ReturnType<ReturnType<typeof moments>['executeTakeFirstOrThrow']>>

/** The moment of that rank in what a run found, or null. */
export async function findSubjectOfRun(
  db: Kysely<Tables>,
  { runId, rank }: { runId: string; rank: number },
): Promise<FoundSubject | null> {
  const row = await moments(db)
    .innerJoin('runs', 'runs.detection_id', 'moments.detection_id')
    .where('runs.id', '=', runId)
    .where('moments.rank', '=', rank)
    .executeTakeFirst()
  return row === undefined ? null : toSubject(row)
}

/** The moment that a rendering with these bytes was made of, the newest if there are several, or null. */
export async function findSubjectOfFile(db: Kysely<Tables>, sha256: string): Promise<FoundSubject | null> {
  const row = await moments(db)
    .innerJoin('clips as shown', 'shown.moment_id', 'moments.id')
    .innerJoin('clip_versions', 'clip_versions.clip_id', 'shown.id')
    .innerJoin('renderings', 'renderings.key', 'clip_versions.rendering_key')
    .where('renderings.sha256', '=', sha256)
    .orderBy('detections.created_at', 'desc')
    .limit(1)
    .executeTakeFirst()
  return row === undefined ? null : toSubject(row)
}

/** The moment that a clip was made of, or null where there is no such clip, or its moment was forgotten. */
export async function findSubjectOfClip(db: Kysely<Tables>, clipId: string): Promise<FoundSubject | null> {
  const row = await moments(db)
    .innerJoin('clips as shown', 'shown.moment_id', 'moments.id')
    .where('shown.id', '=', clipId)
    .executeTakeFirst()
  return row === undefined ? null : { ...toSubject(row), clipId }
}

function toSubject(row: Row): FoundSubject {
  return {
    recordingId: row.recording_id,
    clipId: row.clip_id,
    momentId: row.id,
    span: { start: row.start_seconds, end: row.end_seconds },
    mode: row.mode,
    features: row.features,
    detector: row.detector,
    rank: row.rank,
    title: row.title,
    recordingTitle: row.recording_title,
  }
}
