import type { Kysely, Selectable } from 'kysely'
import { json } from '../database/json.ts'
import type { Tables } from '../database/tables.ts'
import { AppError, type ErrorRecord } from '../domain/app-error.ts'
import type { ProcessIdentity } from '../domain/process-identity.ts'
import type { RunStatus } from '../domain/run.ts'

/** One pass of a recording through the pipeline. What it pins down fills in as its steps end. */
export interface Run {
  id: string
  status: RunStatus
  settings: unknown
  recordingId: string | null
  transcriptId: string | null
  analysisId: string | null
  detectionId: string | null
  /** How many moments were found; null until they are looked for. */
  momentCount: number | null
  error: ErrorRecord | null
  completeness: number | null
}

export class RunNotFound extends AppError {
  readonly code = 'RUN_NOT_FOUND'
  constructor(id: string) {
    super(`There is no run ${id}.`)
  }
}

export async function insertRun(
  tx: Kysely<Tables>,
  run: { fingerprint: string; settings: unknown; owner: ProcessIdentity; by: string },
): Promise<string> {
  const { id } = await tx
    .insertInto('runs')
    .values({
      status: 'working',
      fingerprint: run.fingerprint,
      settings: json(run.settings),
      owner: json(run.owner),
      error: json(null),
      created_by: run.by,
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  return id
}

export async function getRun(db: Kysely<Tables>, id: string): Promise<Run> {
  const row = await db.selectFrom('runs').selectAll().where('id', '=', id).executeTakeFirst()
  if (!row) throw new RunNotFound(id)
  return toRun(row)
}

function toRun(row: Selectable<Tables['runs']>): Run {
  return {
    id: row.id,
    status: row.status,
    settings: row.settings,
    recordingId: row.recording_id,
    transcriptId: row.transcript_id,
    analysisId: row.analysis_id,
    detectionId: row.detection_id,
    momentCount: row.moment_count,
    error: row.error,
    completeness: row.completeness,
  }
}

/**
 * The same, with the run's row locked until the transaction ends: whoever decides what is ready next holds it, so that
 * two parents that end at once cannot both think the other is undone.
 */
export async function lockRun(tx: Kysely<Tables>, id: string): Promise<Run> {
  const row = await tx.selectFrom('runs').selectAll().where('id', '=', id).forUpdate().executeTakeFirst()
  if (!row) throw new RunNotFound(id)
  return toRun(row)
}

/** What the run pinned down in a step that ended; fields left out stay. */
export interface Pinned {
  recordingId?: string
  transcriptId?: string
  analysisId?: string
  detectionId?: string
  momentCount?: number
  completeness?: number
}

/** Returns the run as it is then. */
export async function pinToRun(tx: Kysely<Tables>, run: Run, pinned: Pinned): Promise<Run> {
  const changes = {
    ...(pinned.recordingId === undefined ? {} : { recording_id: pinned.recordingId }),
    ...(pinned.transcriptId === undefined ? {} : { transcript_id: pinned.transcriptId }),
    ...(pinned.analysisId === undefined ? {} : { analysis_id: pinned.analysisId }),
    ...(pinned.detectionId === undefined ? {} : { detection_id: pinned.detectionId }),
    ...(pinned.momentCount === undefined ? {} : { moment_count: pinned.momentCount }),
    ...(pinned.completeness === undefined ? {} : { completeness: pinned.completeness }),
  }
  if (Object.keys(changes).length > 0) await tx.updateTable('runs').set(changes).where('id', '=', run.id).execute()
  return { ...run, ...pinned }
}

export async function closeRun(
  tx: Kysely<Tables>,
  { id, status, error }: { id: string; status: Exclude<RunStatus, 'working'>; error: ErrorRecord | null },
): Promise<void> {
  await tx
    .updateTable('runs')
    .set({ status, error: json(error), finished_at: new Date() })
    .where('id', '=', id)
    .where('status', '=', 'working')
    .execute()
}

/** Unfinished runs of exactly these settings, newest first, locked so that only one process can take each. */
export async function lockUnfinishedRuns(
  tx: Kysely<Tables>,
  fingerprint: string,
): Promise<{ id: string; owner: ProcessIdentity | null }[]> {
  return tx
    .selectFrom('runs')
    .select(['id', 'owner'])
    .where('fingerprint', '=', fingerprint)
    .where('status', '=', 'working')
    .orderBy('created_at', 'desc')
    .forUpdate()
    .skipLocked()
    .execute()
}

export async function setOwner(tx: Kysely<Tables>, id: string, owner: ProcessIdentity): Promise<void> {
  await tx
    .updateTable('runs')
    .set({ owner: json(owner) })
    .where('id', '=', id)
    .execute()
}

/** Who works on the runs that have not ended. */
export async function getOwnersOfUnfinishedRuns(db: Kysely<Tables>): Promise<(ProcessIdentity | null)[]> {
  const rows = await db.selectFrom('runs').select('owner').where('status', '=', 'working').execute()
  return rows.map(({ owner }) => owner)
}
