import { type Kysely, sql } from 'kysely'
import type { Tables } from '../database/tables.ts'

/** How many renderings there are, and their bytes together: the videos, without pictures and captions. */
export async function sumRenderings(db: Kysely<Tables>): Promise<{ count: number; bytes: number }> {
  return db
    .selectFrom('renderings')
    .select(sql<number>`count(*)::int`.as('count'))
    .select(sql<number>`coalesce(sum(size_bytes), 0)::float8`.as('bytes'))
    .executeTakeFirstOrThrow()
}
