import { type Kysely, sql } from 'kysely'
import { z } from 'zod'
import { json } from '../database/json.ts'
import type { Tables } from '../database/tables.ts'
import type { Analysis } from '../domain/observation.ts'
import { lengthOf, type TimeRange } from '../domain/time-range.ts'

const loudnessValues = z.array(z.number())

// One row of loudness holds this many values, so that a span can be read without the rest.
const loudnessPerRow = 60
const rowsPerInsert = 5000

/** Saves what picture and sound show, or finds the analysis made the same way. Returns its id. */
export async function saveAnalysis(
  tx: Kysely<Tables>,
  { recordingId, duration, fingerprint, analysis }: AnalysisToSave,
): Promise<string> {
  const row = await tx
    .insertInto('analyses')
    .values({
      recording_id: recordingId,
      duration_seconds: duration,
      fingerprint,
      loudness_step_seconds: analysis.loudness.step,
      integrated_lufs: analysis.loudness.integrated,
      warnings: json(analysis.warnings),
    })
    .onConflict((conflict) => conflict.columns(['recording_id', 'fingerprint']).doNothing())
    .returning('id')
    .executeTakeFirst()
  if (!row) return findAnalysis(tx, recordingId, fingerprint)
  await saveObservations(tx, { id: row.id, duration, analysis })
  return row.id
}

interface AnalysisToSave {
  recordingId: string
  /** Of the recording, in seconds. */
  duration: number
  fingerprint: string
  analysis: Analysis
}

async function findAnalysis(db: Kysely<Tables>, recordingId: string, fingerprint: string): Promise<string> {
  const row = await db
    .selectFrom('analyses')
    .select('id')
    .where('recording_id', '=', recordingId)
    .where('fingerprint', '=', fingerprint)
    .executeTakeFirstOrThrow()
  return row.id
}

async function saveObservations(
  tx: Kysely<Tables>,
  { id, duration, analysis }: { id: string; duration: number; analysis: Analysis },
): Promise<void> {
  const spans = [
    ...numbered('scene', analysis.scenes, null),
    ...numbered('silence', analysis.silences, null),
    ...loudnessRows(analysis.loudness),
  ]
  const rows = spans
    .map((span) => ({ ...span, end: Math.min(span.end, duration) }))
    .filter((span) => lengthOf(span) > 0)
    .map((span) => ({
      analysis_id: id,
      duration_seconds: duration,
      kind: span.kind,
      ordinal: span.ordinal,
      start_seconds: span.start,
      end_seconds: span.end,
      value: json(span.value),
    }))
  for (let from = 0; from < rows.length; from += rowsPerInsert) {
    await tx
      .insertInto('observations')
      .values(rows.slice(from, from + rowsPerInsert))
      .execute()
  }
}

interface Observation extends TimeRange {
  kind: string
  ordinal: number
  value: unknown
}

function numbered(kind: string, ranges: TimeRange[], value: unknown): Observation[] {
  return ranges.map((range, ordinal) => ({ kind, ordinal, value, start: range.start, end: range.end }))
}

function loudnessRows({ step, values }: Analysis['loudness']): Observation[] {
  const rows: Observation[] = []
  for (let from = 0; from < values.length; from += loudnessPerRow) {
    const value = values.slice(from, from + loudnessPerRow)
    rows.push({ kind: 'loudness', ordinal: rows.length, value, start: from * step, end: (from + value.length) * step })
  }
  return rows
}

/** How an analysis was made, without reading what it saw. */
export async function getAnalysisFingerprint(db: Kysely<Tables>, id: string): Promise<string> {
  const row = await db.selectFrom('analyses').select('fingerprint').where('id', '=', id).executeTakeFirstOrThrow()
  return row.fingerprint
}

/** Whether this is a stored analysis of the recording. */
export async function hasAnalysis(
  db: Kysely<Tables>,
  { id, recordingId }: { id: string; recordingId: string },
): Promise<boolean> {
  const row = await db
    .selectFrom('analyses')
    .select('id')
    .where('id', '=', id)
    .where('recording_id', '=', recordingId)
    .executeTakeFirst()
  return row !== undefined
}

export async function getAnalysis(db: Kysely<Tables>, id: string): Promise<Analysis> {
  const row = await db.selectFrom('analyses').selectAll().where('id', '=', id).executeTakeFirstOrThrow()
  const loudness = await rangesOf(db, id, 'loudness')
  return {
    scenes: (await rangesOf(db, id, 'scene')).map(({ start, end }) => ({ start, end })),
    silences: (await rangesOf(db, id, 'silence')).map(({ start, end }) => ({ start, end })),
    loudness: {
      step: row.loudness_step_seconds,
      integrated: row.integrated_lufs,
      values: loudness.flatMap(({ value }) => loudnessValues.parse(value)),
    },
    warnings: row.warnings,
  }
}

async function rangesOf(db: Kysely<Tables>, analysisId: string, kind: string) {
  return db
    .selectFrom('observations')
    .select(['start_seconds as start', 'end_seconds as end', sql<unknown>`value`.as('value')])
    .where('analysis_id', '=', analysisId)
    .where('kind', '=', kind)
    .orderBy('ordinal')
    .execute()
}
