import { type Kysely, type Selectable, sql } from 'kysely'
import { json } from '../database/json.ts'
import type { Tables } from '../database/tables.ts'
import type { WorkerState } from '../domain/worker.ts'

export type NewWorker = Pick<WorkerState, 'identity' | 'kinds' | 'limits' | 'onlyRun' | 'memoryBytes'>

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
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  return id
}

export type Beat = Pick<WorkerState, 'id' | 'status' | 'doing' | 'doneCount' | 'memoryBytes'>

/** Notes that a worker is alive, and what it does. */
export async function beatWorker(db: Kysely<Tables>, { id, status, doing, doneCount, memoryBytes }: Beat) {
  await db
    .updateTable('workers')
    .set({ status, doing: json(doing), done_count: doneCount, memory_bytes: memoryBytes, beat_at: sql`now()` })
    .where('id', '=', id)
    .execute()
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
    memoryBytes: Number(row.memory_bytes),
    startedAt: row.started_at,
    beatAt: row.beat_at,
  }
}
