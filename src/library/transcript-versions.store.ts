import type { Kysely } from 'kysely'
import { json } from '../database/json.ts'
import type { Tables } from '../database/tables.ts'
import { AppError } from '../domain/app-error.ts'
import type { TranscriptVersion } from '../domain/transcript.ts'
import { lockForTranscript, makeCurrent } from './transcripts.store.ts'

/** The transcript was changed by somebody else between looking at it and saving. */
export class TranscriptChanged extends AppError {
  readonly code = 'TRANSCRIPT_CHANGED'
  override readonly retry = 'later' as const
  constructor() {
    super('Somebody else changed the transcript in the meantime.', { hint: 'Give the command again.' })
  }
}

/** All versions of a recording's transcript, the newest first. */
export async function listTranscriptVersions(db: Kysely<Tables>, recordingId: string): Promise<TranscriptVersion[]> {
  const rows = await db
    .selectFrom('transcripts')
    .leftJoin('transcripts as base', 'base.id', 'transcripts.based_on')
    .select([
      'transcripts.id',
      'transcripts.version',
      'transcripts.current',
      'transcripts.origin',
      'transcripts.language',
      'transcripts.segment_count',
      'transcripts.note',
      'transcripts.source',
      'transcripts.chosen_at',
      'transcripts.created_at',
      'transcripts.created_by',
      'base.version as based_on_version',
    ])
    .where('transcripts.recording_id', '=', recordingId)
    .orderBy('transcripts.version', 'desc')
    .execute()
  return rows.map((row) => ({
    id: row.id,
    version: row.version,
    current: row.current,
    origin: row.origin,
    language: row.language,
    segments: row.segment_count,
    note: row.note,
    source: row.source,
    isChosen: row.chosen_at !== null,
    basedOn: row.based_on_version,
    at: row.created_at,
    by: row.created_by,
  }))
}

/** The current version when a person chose it (corrected, imported, or `use`d), else null: later runs keep it. */
export async function findChosenTranscript(
  db: Kysely<Tables>,
  recordingId: string,
): Promise<{ id: string; version: number; source: string | null; note: string | null } | null> {
  const row = await db
    .selectFrom('transcripts')
    .select(['id', 'version', 'source', 'note'])
    .where('recording_id', '=', recordingId)
    .where('current', '=', true)
    .where('chosen_at', 'is not', null)
    .executeTakeFirst()
  return row ?? null
}

/** Makes a version current because a person said so; `warnings` are its own and that it was chosen. */
export async function chooseTranscript(
  tx: Kysely<Tables>,
  { id, recordingId, warnings }: { id: string; recordingId: string; warnings: string[] },
): Promise<void> {
  await makeCurrent(tx, { id, recordingId })
  const chosen = { chosen_at: new Date(), warnings: json(warnings) }
  await tx.updateTable('transcripts').set(chosen).where('id', '=', id).execute()
}

/** Nobody's choice any more: the next run decides by itself which transcript it uses. Returns the version that had been chosen; null when none was. */
export async function forgetChosenTranscript(db: Kysely<Tables>, recordingId: string): Promise<number | null> {
  const row = await db
    .updateTable('transcripts')
    .set({ chosen_at: null })
    .where('recording_id', '=', recordingId)
    .where('current', '=', true)
    .where('chosen_at', 'is not', null)
    .returning('version')
    .executeTakeFirst()
  return row?.version ?? null
}

/** In the transaction that saves a correction: nobody may have made another version current. @throws TranscriptChanged */
export async function requireStillCurrent(
  tx: Kysely<Tables>,
  { recordingId, id }: { recordingId: string; id: string | null },
): Promise<void> {
  await lockForTranscript(tx, recordingId)
  const row = await tx
    .selectFrom('transcripts')
    .select('id')
    .where('recording_id', '=', recordingId)
    .where('current', '=', true)
    .executeTakeFirst()
  if ((row?.id ?? null) !== id) throw new TranscriptChanged()
}
