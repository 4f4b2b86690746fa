import { type Kysely, type Selectable, sql } from 'kysely'
import { json } from '../database/json.ts'
import type { Tables } from '../database/tables.ts'
import type { WorkerState } from '../domain/worker.ts'

export type NewWorker = Pick<WorkerState, 'identity' | 'kinds' | 'limits' | 'onlyRun' | 'memoryBytes' | 'restarts'>

export async function insertWorker(db: Kysely<Tables>, worker: NewWorker): Promise<string> {
  const { id } = await db
    .insertInto('workers')
    .values({
      identity: json(worker.identity),
      kinds: worker.kinds,
      limits: json(worker.limits),
      only_run: worker.onlyRun,
      status: 'working',
      doing: json([]),
      memory_bytes: worker.memoryBytes,
      restarts: worker.restarts,
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  return id
}

export type Beat = Pick<
  WorkerState,
  | 'status'
  | 'doing'
  | 'doneCount'
  | 'limits'
  | 'shortages'
  | 'memoryBytes'
  | 'loadPerCore'
  | 'freeMegabytes'
  | 'loopDelayMs'
>

/** Notes that a worker is alive, what it does and how it does. False when nobody knows it any more. */
export async function beatWorker(db: Kysely<Tables>, id: string, beat: Beat): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('workers')
    .set({
      status: beat.status,
      doing: json(beat.doing),
      done_count: beat.doneCount,
      limits: json(beat.limits),
      shortages: json(beat.shortages),
      memory_bytes: beat.memoryBytes,
      load_per_core: beat.loadPerCore,
      free_megabytes: beat.freeMegabytes,
      loop_delay_ms: beat.loopDelayMs,
      beat_at: sql`now()`,
    })
    .where('id', '=', id)
    .executeTakeFirst()
  return numUpdatedRows > 0n
}

export async function removeWorkers(db: Kysely<Tables>, ids: readonly string[]): Promise<void> {
  if (ids.length > 0) await db.deleteFrom('workers').where('id', 'in', ids).execute()
}

/** All that are noted, also those that have died since; oldest first. `silentSeconds` by the database's clock. */
export async function listWorkers(db: Kysely<Tables>): Promise<(WorkerState & { silentSeconds: number })[]> {
  const rows = await db
    .selectFrom('workers')
    .selectAll()
    .select(sql<number>`extract(epoch from now() - beat_at)::float8`.as('silent_seconds'))
    .orderBy('started_at')
    .execute()
  return rows.map((row) => ({ ...toWorker(row), silentSeconds: row.silent_seconds }))
}

function toWorker(row: Selectable<Tables['workers']>): WorkerState {
  return {
    id: row.id,
    identity: row.identity,
    kinds: row.kinds,
    limits: row.limits,
    onlyRun: row.only_run,
    status: row.status,
    doing: row.doing,
    doneCount: row.done_count,
    restarts: row.restarts,
    shortages: row.shortages,
    memoryBytes: Number(row.memory_bytes),
    loadPerCore: row.load_per_core,
    freeMegabytes: row.free_megabytes,
    loopDelayMs: row.loop_delay_ms,
    startedAt: row.started_at,
    beatAt: row.beat_at,
  }
}
