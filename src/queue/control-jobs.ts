import { type Kysely, sql, type Transaction } from 'kysely'
import type { Tables } from '../database/tables.ts'
import { deadLetters, queueSchema } from './queue-schema.ts'

const jobTable = sql.table(`${queueSchema}.job`)

/** Lets what a group has waiting overtake, or fall behind. */
export async function prioritiseJobs(
  tx: Transaction<Tables>,
  { group, priority }: { group: string; priority: number },
): Promise<void> {
  await sql`update ${jobTable} set priority = ${priority} where state < 'active' and group_id = ${group}`.execute(tx)
}

export interface PlaceInQueue {
  /** How many of its kind come first. */
  ahead: number
  /** When it may be tried, seconds from now; 0 for now. */
  inSeconds: number
}

/** The place of each waiting job among those of its kind, by job; what may not be tried yet stands in nobody's way. */
export async function getPlaces(db: Kysely<Tables>): Promise<Map<string, PlaceInQueue>> {
  const { rows } = await sql<PlaceInQueue & { id: string }>`
    select id,
      (row_number() over (partition by name order by start_after > now(), priority desc, created_on, id) - 1)::int as ahead,
      greatest(0, extract(epoch from start_after - now()))::float8 as "inSeconds"
    from ${jobTable}
    where state < 'active' and name <> ${deadLetters}`.execute(db)
  return new Map(rows.map(({ id, ...place }) => [id, place]))
}

/** Takes what is tried once more out of the dead letters. */
export async function forgetDeadLetters(tx: Transaction<Tables>, stepIds: readonly string[]): Promise<void> {
  await sql`delete from ${jobTable} where name = ${deadLetters} and data->>'stepId' = any(${stepIds})`.execute(tx)
}
