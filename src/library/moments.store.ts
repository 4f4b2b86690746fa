import type { Kysely } from 'kysely'
import { json } from '../database/json.ts'
import type { Tables } from '../database/tables.ts'
import type { Detection, Mode, Moment } from '../domain/moment.ts'

export interface StoredMoment extends Moment {
  id: string
}

export interface StoredDetection extends Detection {
  id: string
  moments: StoredMoment[]
}

/** Saves what one detection found. Returns its id. */
export async function saveDetection(tx: Kysely<Tables>, found: DetectionToSave): Promise<string> {
  const { id } = await tx
    .insertInto('detections')
    .values({
      recording_id: found.recordingId,
      duration_seconds: found.duration,
      transcript_id: found.transcriptId,
      analysis_id: found.analysisId,
      mode: found.mode,
      settings: json(found.settings),
      candidate_count: found.detection.candidateCount,
      curve: json(found.detection.curve),
      shortfall: found.detection.shortfall,
      notes: json(found.detection.notes ?? []),
      chapters: found.detection.chapters === undefined ? null : json(found.detection.chapters),
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  const rows = found.detection.moments.map((moment) => momentRow(moment, id, found.duration))
  if (rows.length > 0) await tx.insertInto('moments').values(rows).execute()
  return id
}

interface DetectionToSave {
  recordingId: string
  /** Of the recording, in seconds. */
  duration: number
  transcriptId: string
  analysisId: string
  mode: Mode
  settings: unknown
  detection: Detection
}

function momentRow(moment: Moment, detectionId: string, duration: number) {
  return {
    detection_id: detectionId,
    duration_seconds: duration,
    rank: moment.rank,
    start_seconds: moment.start,
    end_seconds: moment.end,
    score: moment.score,
    confidence: moment.confidence,
    genre: moment.genre,
    title: moment.title,
    text: moment.text,
    first_segment: moment.firstSegment,
    last_segment: moment.lastSegment,
    features: json(moment.features),
    reasons: json(moment.reasons),
    detector: json(moment.detector),
    hook: moment.hook ?? null,
    span_start_seconds: moment.span?.start ?? null,
    span_end_seconds: moment.span?.end ?? null,
  }
}

/** Whether this is a stored detection of the recording. */
export async function hasDetection(
  db: Kysely<Tables>,
  { id, recordingId }: { id: string; recordingId: string },
): Promise<boolean> {
  const row = await db
    .selectFrom('detections')
    .select('id')
    .where('id', '=', id)
    .where('recording_id', '=', recordingId)
    .executeTakeFirst()
  return row !== undefined
}

export async function getDetection(db: Kysely<Tables>, id: string): Promise<StoredDetection> {
  const row = await db.selectFrom('detections').selectAll().where('id', '=', id).executeTakeFirstOrThrow()
  const moments = await db.selectFrom('moments').selectAll().where('detection_id', '=', id).orderBy('rank').execute()
  return {
    id,
    candidateCount: row.candidate_count,
    curve: row.curve,
    shortfall: row.shortfall,
    notes: row.notes,
    ...(row.chapters === null ? {} : { chapters: row.chapters }),
    moments: moments.map((moment) => ({
      id: moment.id,
      rank: moment.rank,
      start: moment.start_seconds,
      end: moment.end_seconds,
      score: moment.score,
      confidence: moment.confidence,
      genre: moment.genre,
      title: moment.title,
      text: moment.text,
      firstSegment: moment.first_segment,
      lastSegment: moment.last_segment,
      features: moment.features,
      reasons: moment.reasons,
      detector: moment.detector,
      ...(moment.hook === null ? {} : { hook: moment.hook }),
      ...spanOf(moment),
    })),
  }
}

function spanOf(row: { span_start_seconds: number | null; span_end_seconds: number | null }) {
  const { span_start_seconds: start, span_end_seconds: end } = row
  return start === null || end === null ? {} : { span: { start, end } }
}

/** The moment of that rank. @throws when there is none */
export async function getMoment(db: Kysely<Tables>, detectionId: string, rank: number): Promise<StoredMoment> {
  const { moments } = await getDetection(db, detectionId)
  const moment = moments.find((candidate) => candidate.rank === rank)
  if (!moment) throw new Error(`detection ${detectionId} has no moment of rank ${rank}`)
  return moment
}
