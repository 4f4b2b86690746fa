import { type Kysely, type RawBuilder, type Selectable, sql } from 'kysely'
import { json } from '../database/json.ts'
import type { Tables } from '../database/tables.ts'
import type { JudgedSubject, Verdict } from '../domain/feedback.ts'
import type { Mode } from '../domain/moment.ts'

/** A verdict as it was given. */
export interface Feedback extends JudgedSubject {
  /** Greater is later. */
  id: number
  verdict: Verdict
  at: Date
  by: string
}

/** A verdict with what a person knows the clip by. */
export interface ListedFeedback extends Feedback {
  recordingTitle: string
  clipTitle: string | null
}

/** Saves a verdict beside all earlier ones; the last one on a clip is the one that counts. Returns its id. */
export async function saveFeedback(
  db: Kysely<Tables>,
  { subject, verdict, by }: { subject: JudgedSubject; verdict: Verdict; by: string },
): Promise<number> {
  const { id } = await db
    .insertInto('feedback')
    .values((eb) => ({
      recording_id: subject.recordingId,
      duration_seconds: eb
        .selectFrom('recordings')
        .select('duration_seconds')
        .where('id', '=', subject.recordingId)
        .$asScalar(),
      clip_id: subject.clipId,
      moment_id: subject.momentId,
      start_seconds: subject.span.start,
      end_seconds: subject.span.end,
      mode: subject.mode,
      features: json(subject.features),
      detector: json(subject.detector),
      verdict: verdict.kind,
      stars: verdict.kind === 'stars' ? verdict.stars : null,
      trim_start_seconds: verdict.kind === 'trim' ? verdict.range.start : null,
      trim_end_seconds: verdict.kind === 'trim' ? verdict.range.end : null,
      comment: verdict.kind === 'comment' ? verdict.text : null,
      created_by: by,
      updated_by: by,
    }))
    .returning('id')
    .executeTakeFirstOrThrow()
  return id
}

/** The verdicts that were not taken back, oldest first; of one mode where told, and no more than the newest `most`. */
export async function getFeedback(
  db: Kysely<Tables>,
  { mode, most = 10_000 }: { mode?: Mode; most?: number } = {},
): Promise<Feedback[]> {
  let query = db.selectFrom('feedback').selectAll().where('deleted_at', 'is', null)
  if (mode !== undefined) query = query.where('mode', '=', mode)
  const rows = await query.orderBy('id', 'desc').limit(most).execute()
  return rows.map(toFeedback).reverse()
}

/** The same for a list, newest first: of one moment where told, and only what is older than a verdict. */
export async function listFeedback(
  db: Kysely<Tables>,
  { most, before, ...which }: WhichFeedback & { most: number; before?: number | undefined },
): Promise<ListedFeedback[]> {
  let query = db
    .selectFrom('feedback')
    .innerJoin('recordings', 'recordings.id', 'feedback.recording_id')
    .leftJoin('clips', 'clips.id', 'feedback.clip_id')
    .selectAll('feedback')
    .select(['recordings.title as recording_title', 'clips.title as clip_title'])
    .where('feedback.deleted_at', 'is', null)
  if (before !== undefined) query = query.where('feedback.id', '<', before)
  for (const condition of conditionsOf(which)) query = query.where(condition)
  const rows = await query.orderBy('feedback.id', 'desc').limit(most).execute()
  return rows.map((row) => ({ ...toFeedback(row), recordingTitle: row.recording_title, clipTitle: row.clip_title }))
}

export async function countFeedback(db: Kysely<Tables>, which: WhichFeedback = {}): Promise<number> {
  let query = db.selectFrom('feedback').select(sql<number>`count(*)::int`.as('count')).where('deleted_at', 'is', null)
  for (const condition of conditionsOf(which)) query = query.where(condition)
  return (await query.executeTakeFirstOrThrow()).count
}

interface WhichFeedback {
  /** On this stretch of a recording. */
  of?: Pick<JudgedSubject, 'recordingId' | 'span'> | undefined
  verdict?: Verdict['kind'] | undefined
}

function conditionsOf({ of, verdict }: WhichFeedback): RawBuilder<boolean>[] {
  const on = of && [
    sql<boolean>`feedback.recording_id = ${of.recordingId}`,
    sql<boolean>`feedback.start_seconds = ${of.span.start}`,
    sql<boolean>`feedback.end_seconds = ${of.span.end}`,
  ]
  return [...(on ?? []), ...(verdict === undefined ? [] : [sql<boolean>`feedback.verdict = ${verdict}`])]
}

/** Takes the newest verdict back, of one moment where told: the one before it counts again. Null when there is none. */
export async function undoFeedback(
  db: Kysely<Tables>,
  { of, by }: { of?: Pick<JudgedSubject, 'recordingId' | 'span'>; by: string },
): Promise<Feedback | null> {
  let newest = db.selectFrom('feedback').select('id').where('deleted_at', 'is', null)
  if (of !== undefined) {
    newest = newest
      .where('recording_id', '=', of.recordingId)
      .where('start_seconds', '=', of.span.start)
      .where('end_seconds', '=', of.span.end)
  }
  const row = await db
    .updateTable('feedback')
    .set({ deleted_at: sql<Date>`now()`, deleted_how: 'undo', updated_at: sql<Date>`now()`, updated_by: by })
    .where('id', '=', newest.orderBy('id', 'desc').limit(1))
    .where('deleted_at', 'is', null)
    .returningAll()
    .executeTakeFirst()
  return row === undefined ? null : toFeedback(row)
}

/** Takes all verdicts back at once; `undoReset` brings them again. Returns how many. */
export async function resetFeedback(db: Kysely<Tables>, by: string): Promise<number> {
  const { numUpdatedRows } = await db
    .updateTable('feedback')
    .set({ deleted_at: sql<Date>`now()`, deleted_how: 'reset', updated_at: sql<Date>`now()`, updated_by: by })
    .where('deleted_at', 'is', null)
    .executeTakeFirst()
  return Number(numUpdatedRows)
}

/** Brings back what the last reset took, unless a verdict was given since. Returns how many. */
export async function undoReset(db: Kysely<Tables>, by: string): Promise<number> {
  const { rows } = await sql<{ id: number }>`
    with last as (select max(deleted_at) as at from feedback where deleted_how = 'reset')
    update feedback set deleted_at = null, deleted_how = null, updated_at = now(), updated_by = ${by}
    from last
    where feedback.deleted_how = 'reset' and feedback.deleted_at = last.at
      and not exists (select from feedback newer where newer.deleted_at is null and newer.created_at >= last.at)
    returning feedback.id`.execute(db)
  return rows.length
}

function toFeedback(row: Selectable<Tables['feedback']>): Feedback {
  return {
    id: row.id,
    recordingId: row.recording_id,
    clipId: row.clip_id,
    momentId: row.moment_id,
    span: { start: row.start_seconds, end: row.end_seconds },
    mode: row.mode,
    features: row.features,
    detector: row.detector,
    verdict: verdictOf(row),
    at: row.created_at,
    by: row.created_by,
  }
}

function verdictOf(row: Selectable<Tables['feedback']>): Verdict {
  switch (row.verdict) {
    case 'stars':
      return { kind: 'stars', stars: row.stars ?? 3 }
    case 'trim':
      return { kind: 'trim', range: { start: row.trim_start_seconds ?? 0, end: row.trim_end_seconds ?? 0 } }
    case 'comment':
      return { kind: 'comment', text: row.comment ?? '' }
    case 'keep':
    case 'discard':
      return { kind: row.verdict }
  }
}
