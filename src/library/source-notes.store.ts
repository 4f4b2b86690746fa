import { createHash } from 'node:crypto'
import type { Kysely } from 'kysely'
import { z } from 'zod'
import { json } from '../database/json.ts'
import type { Tables } from '../database/tables.ts'
import type { SourceNotes } from '../domain/source-notes.ts'
import type { TimeRange } from '../domain/time-range.ts'

const chapterValue = z.object({ title: z.string() })
const replayValue = z.number().min(0).max(1)

/** Of analyses of picture and sound this is none: it tells them apart. */
const fingerprintPrefix = 'source:'

interface NotesToSave {
  recordingId: string
  /** Of the recording, in seconds; what lies beyond it is left out. */
  duration: number
  notes: SourceNotes
}

/** Keeps what the publisher and the platform say of a recording as observations; the same notes once. */
export async function saveSourceNotes(
  tx: Kysely<Tables>,
  { recordingId, duration, notes }: NotesToSave,
): Promise<void> {
  const rows = [
    ...rowsOf('chapter', notes.chapters, ({ title }) => ({ title })),
    ...rowsOf('replay', notes.replay, ({ value }) => value),
  ]
    .map((row) => ({ ...row, end: Math.min(row.end, duration) }))
    .filter(({ start, end }) => start >= 0 && end > start)
  if (rows.length === 0) return
  const analysis = await tx
    .insertInto('analyses')
    .values({
      recording_id: recordingId,
      duration_seconds: duration,
      fingerprint: `${fingerprintPrefix}${createHash('sha256').update(JSON.stringify(rows)).digest('hex')}`,
      loudness_step_seconds: 1,
      integrated_lufs: null,
      warnings: json([]),
    })
    .onConflict((conflict) => conflict.columns(['recording_id', 'fingerprint']).doNothing())
    .returning('id')
    .executeTakeFirst()
  if (!analysis) return
  await tx
    .insertInto('observations')
    .values(
      rows.map(({ kind, ordinal, start, end, value }) => ({
        analysis_id: analysis.id,
        duration_seconds: duration,
        kind,
        ordinal,
        start_seconds: start,
        end_seconds: end,
        value: json(value),
      })),
    )
    .execute()
}

/** The newest notes of a recording; empty lists when nobody said anything. */
export async function getSourceNotes(db: Kysely<Tables>, recordingId: string): Promise<SourceNotes> {
  const newest = await db
    .selectFrom('analyses')
    .select('id')
    .where('recording_id', '=', recordingId)
    .where('fingerprint', 'like', `${fingerprintPrefix}%`)
    .orderBy('created_at', 'desc')
    .executeTakeFirst()
  if (!newest) return { chapters: [], replay: [] }
  const rows = await db
    .selectFrom('observations')
    .select(['kind', 'start_seconds as start', 'end_seconds as end', 'value'])
    .where('analysis_id', '=', newest.id)
    .where('kind', 'in', ['chapter', 'replay'])
    .orderBy('kind')
    .orderBy('ordinal')
    .execute()
  const of = (wanted: string) => rows.filter(({ kind }) => kind === wanted)
  return {
    chapters: of('chapter').map(({ start, end, value }) => ({ start, end, ...chapterValue.parse(value) })),
    replay: of('replay').map(({ start, end, value }) => ({ start, end, value: replayValue.parse(value) })),
  }
}

function rowsOf<Note extends TimeRange>(kind: string, notes: readonly Note[], valueOf: (note: Note) => unknown) {
  return notes.map((note, ordinal) => ({ kind, ordinal, start: note.start, end: note.end, value: valueOf(note) }))
}
