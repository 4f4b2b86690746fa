import { type Kysely, sql } from 'kysely'
import { json } from '../database/json.ts'
import type { Tables } from '../database/tables.ts'
import { AppError } from '../domain/app-error.ts'
import type { Segment, TranscriptDocument } from '../domain/transcript.ts'

export interface Transcript extends TranscriptDocument {
  id: string
  version: number
  /** Hash of what it was read from. */
  fingerprint: string
}

export class TranscriptIncomplete extends AppError {
  readonly code = 'TRANSCRIPT_INCOMPLETE'
  override readonly retry = 'later' as const
  constructor(stored: number, expected: number) {
    super(`Only ${stored} of ${expected} segments of the transcript were stored.`)
  }
}

// PostgreSQL takes at most 65,535 parameters a statement; a segment needs eight.
const segmentsPerInsert = 1000

/** Saves a transcript as the recording's current version, or finds the version read from the same source. Returns its id. */
export async function saveTranscript(
  tx: Kysely<Tables>,
  { recordingId, duration, fingerprint, document, by, source, edit, asCurrent = true }: TranscriptToSave,
): Promise<string> {
  await lockForTranscript(tx, recordingId)
  const known = await tx
    .selectFrom('transcripts')
    .select('id')
    .where('recording_id', '=', recordingId)
    .where('fingerprint', '=', fingerprint)
    .executeTakeFirst()
  if (asCurrent) await unsetCurrent(tx, recordingId)
  if (known) {
    const chosen = edit === undefined ? {} : { chosen_at: new Date() }
    const changes = { ...(asCurrent && { current: true }), ...chosen }
    if (Object.keys(changes).length > 0)
      await tx.updateTable('transcripts').set(changes).where('id', '=', known.id).execute()
    return known.id
  }
  const { id } = await tx
    .insertInto('transcripts')
    .values({
      recording_id: recordingId,
      duration_seconds: duration,
      version: sql<number>`(select coalesce(max(version), 0) + 1 from transcripts where recording_id = ${recordingId})`,
      current: asCurrent,
      fingerprint,
      origin: json(document.origin),
      language: document.language,
      warnings: json(document.warnings),
      segment_count: document.segments.length,
      created_by: by,
      source: source ?? null,
      ...(edit && { based_on: edit.basedOn, note: edit.note, chosen_at: new Date() }),
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  await saveSegments(tx, { id, duration, segments: document.segments })
  return id
}

/** Makes a version that is stored already the recording's current one. */
export async function makeCurrent(tx: Kysely<Tables>, { id, recordingId }: TranscriptOfRecording): Promise<void> {
  await lockForTranscript(tx, recordingId)
  await unsetCurrent(tx, recordingId)
  await tx.updateTable('transcripts').set({ current: true }).where('id', '=', id).execute()
}

/**
 * Keeps others from changing which transcript is current until the transaction ends. Not `for update`: whoever holds a run and stores something that
 * refers to its recording (an event) would wait for us, and we for the run that goes on with the transcript.
 */
export async function lockForTranscript(tx: Kysely<Tables>, recordingId: string): Promise<void> {
  await sql`select from recordings where id = ${recordingId} for no key update`.execute(tx)
}

/** Whether this is a stored transcript of the recording. */
export async function hasTranscript(db: Kysely<Tables>, { id, recordingId }: TranscriptOfRecording): Promise<boolean> {
  const row = await db
    .selectFrom('transcripts')
    .select('id')
    .where('id', '=', id)
    .where('recording_id', '=', recordingId)
    .executeTakeFirst()
  return row !== undefined
}

interface TranscriptOfRecording {
  id: string
  recordingId: string
}

/** In a statement of its own: the rule that one is current holds after each row. */
async function unsetCurrent(tx: Kysely<Tables>, recordingId: string): Promise<void> {
  await tx.updateTable('transcripts').set({ current: false }).where('recording_id', '=', recordingId).execute()
}

interface TranscriptToSave {
  recordingId: string
  /** Of the recording, in seconds. */
  duration: number
  fingerprint: string
  document: TranscriptDocument
  by: string
  /** Fingerprint of what the words were read from. */
  source?: string | null
  /** What a person did; such a version is kept by later runs. */
  edit?: { basedOn: string | null; note: string }
  /** False for a stand-in that says nothing of the recording: what was current stays so. */
  asCurrent?: boolean
}

async function saveSegments(
  tx: Kysely<Tables>,
  { id, duration, segments }: { id: string; duration: number; segments: Segment[] },
): Promise<void> {
  for (let from = 0; from < segments.length; from += segmentsPerInsert) {
    const rows = segments.slice(from, from + segmentsPerInsert).map((segment) => ({
      transcript_id: id,
      duration_seconds: duration,
      ordinal: segment.ordinal,
      start_seconds: segment.start,
      end_seconds: segment.end,
      text: segment.text,
      speaker: segment.speaker,
      words: json(segment.words),
    }))
    await tx.insertInto('segments').values(rows).execute()
  }
  const { stored } = await tx
    .selectFrom('segments')
    .select(sql<number>`count(*)::int`.as('stored'))
    .where('transcript_id', '=', id)
    .executeTakeFirstOrThrow()
  if (stored !== segments.length) throw new TranscriptIncomplete(stored, segments.length)
}

/** What a transcript was read from, without reading its segments. */
export async function getTranscriptFingerprint(db: Kysely<Tables>, id: string): Promise<string> {
  const row = await db.selectFrom('transcripts').select('fingerprint').where('id', '=', id).executeTakeFirstOrThrow()
  return row.fingerprint
}

/** BCP 47 tag where known, without reading the segments. */
export async function getTranscriptLanguage(db: Kysely<Tables>, id: string): Promise<string | null> {
  const row = await db.selectFrom('transcripts').select('language').where('id', '=', id).executeTakeFirstOrThrow()
  return row.language
}

export async function getTranscript(db: Kysely<Tables>, id: string): Promise<Transcript> {
  const row = await db.selectFrom('transcripts').selectAll().where('id', '=', id).executeTakeFirstOrThrow()
  return {
    id,
    version: row.version,
    fingerprint: row.fingerprint,
    origin: row.origin,
    language: row.language,
    warnings: row.warnings,
    segments: await getSegments(db, id),
  }
}

/** The segments of a transcript in order; only those that reach into `within` (seconds) when it is given. */
export async function getSegments(
  db: Kysely<Tables>,
  transcriptId: string,
  within?: { start: number; end: number },
): Promise<Segment[]> {
  let query = db.selectFrom('segments').selectAll().where('transcript_id', '=', transcriptId)
  if (within) query = query.where('end_seconds', '>', within.start).where('start_seconds', '<', within.end)
  const rows = await query.orderBy('ordinal').execute()
  return rows.map((row) => ({
    ordinal: row.ordinal,
    start: row.start_seconds,
    end: row.end_seconds,
    text: row.text,
    speaker: row.speaker,
    words: row.words,
  }))
}
