import type { Kysely } from 'kysely'
import type { Tables } from '../database/tables.ts'
import type { Mode } from '../domain/moment.ts'

/** The detection of a recording that was saved last, of one mode where told; null when there is none. */
export async function findNewestDetection(
  db: Kysely<Tables>,
  { recordingId, mode }: { recordingId: string; mode?: Mode | undefined },
): Promise<{ id: string; mode: Mode; createdAt: Date } | null> {
  let query = db
    .selectFrom('detections')
    .select(['id', 'mode', 'created_at as createdAt'])
    .where('recording_id', '=', recordingId)
  if (mode !== undefined) query = query.where('mode', '=', mode)
  return (await query.orderBy('created_at', 'desc').orderBy('id').limit(1).executeTakeFirst()) ?? null
}
