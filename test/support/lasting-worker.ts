import { type Kysely, sql } from 'kysely'
import type { Tables } from '../../src/database/tables.ts'
import { insertWorker } from '../../src/library/workers.store.ts'
import { thisProcess } from '../../src/observability/this-process.ts'

/** A worker that is noted as one of this process, and is not taken for dead however long a test takes. Its id. */
export async function lastingWorker(
  db: Kysely<Tables>,
  changes: Partial<Parameters<typeof insertWorker>[1]> = {},
): Promise<string> {
  const usual = { kinds: ['cut' as const], limits: { cut: 1 }, onlyRun: null, memoryBytes: 5e7, restarts: 0 }
  const id = await insertWorker(db, { identity: thisProcess(), ...usual, ...changes })
  await sql`update workers set beat_at = now() + interval '1 hour' where id = ${id}`.execute(db)
  return id
}
