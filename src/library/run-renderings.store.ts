import { type Kysely, sql } from 'kysely'
import type { Tables } from '../database/tables.ts'
import type { ErrorRecord } from '../domain/app-error.ts'
import type { StepStatus } from '../domain/run.ts'
import type { Rendering } from './renderings.store.ts'

/** What became of one moment of a run. */
export interface RunRendering {
  /** Of the moment. */
  rank: number
  title: string
  clipId: string | null
  version: number | null
  status: StepStatus
  error: ErrorRecord | null
  rendering: Rendering | null
}

/** The clips a run makes, the best first; also those that wait, or could not be made. One query. */
export async function listRunRenderings(db: Kysely<Tables>, runId: string): Promise<RunRendering[]> {
  const rows = await db
    .selectFrom('steps')
    .innerJoin('runs', 'runs.id', 'steps.run_id')
    .leftJoin('moments', (join) =>
      join.onRef('moments.detection_id', '=', 'runs.detection_id').onRef('moments.rank', '=', 'steps.subject'),
    )
    .leftJoin('clip_versions', (join) =>
      join.on(sql<boolean>`clip_versions.id = (steps.output->>'clipVersionId')::uuid`),
    )
    .leftJoin('renderings', (join) => join.on(sql<boolean>`renderings.key = steps.output->>'renderingKey'`))
    .select(['steps.subject', 'steps.status', 'steps.error', 'moments.title', 'clip_versions.clip_id'])
    .select(['clip_versions.version', 'clip_versions.edit', 'renderings.key', 'renderings.path', 'renderings.sha256'])
    .select(['renderings.size_bytes', 'renderings.duration_seconds', 'renderings.width', 'renderings.height'])
    .select('renderings.report')
    .where('steps.run_id', '=', runId)
    .where('steps.kind', '=', 'cut')
    .orderBy('steps.subject')
    .execute()
  return rows.map((row) => ({
    rank: row.subject,
    title: row.edit?.title ?? row.title ?? '',
    clipId: row.clip_id,
    version: row.version,
    status: row.status,
    error: row.error,
    rendering:
      row.key === null
        ? null
        : {
            key: row.key,
            path: row.path ?? '',
            sha256: row.sha256 ?? '',
            sizeBytes: row.size_bytes ?? 0,
            duration: row.duration_seconds ?? 0,
            width: row.width ?? 0,
            height: row.height ?? 0,
            report: row.report,
          },
  }))
}
