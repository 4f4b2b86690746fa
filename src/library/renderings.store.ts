import type { Kysely } from 'kysely'
import { json } from '../database/json.ts'
import type { Tables } from '../database/tables.ts'

/** The file of one version of a clip, named by the hash of everything that went into it. */
export interface Rendering {
  key: string
  /** Relative to the data folder. */
  path: string
  sha256: string
  sizeBytes: number
  duration: number
  width: number
  height: number
  /** What the quality gate measured. */
  report: unknown
}

/** Saves a rendering; one made again under the same key takes the place of the older row. */
export async function saveRendering(tx: Kysely<Tables>, rendering: Rendering): Promise<void> {
  const { key, ...facts } = rendering
  const row = {
    path: facts.path,
    sha256: facts.sha256,
    size_bytes: facts.sizeBytes,
    duration_seconds: facts.duration,
    width: facts.width,
    height: facts.height,
    report: json(facts.report),
  }
  await tx
    .insertInto('renderings')
    .values({ key, ...row })
    .onConflict((conflict) => conflict.column('key').doUpdateSet(row))
    .execute()
}

export async function findRendering(db: Kysely<Tables>, key: string): Promise<Rendering | null> {
  const row = await db.selectFrom('renderings').selectAll().where('key', '=', key).executeTakeFirst()
  if (!row) return null
  return {
    key,
    path: row.path,
    sha256: row.sha256,
    sizeBytes: row.size_bytes,
    duration: row.duration_seconds,
    width: row.width,
    height: row.height,
    report: row.report,
  }
}
