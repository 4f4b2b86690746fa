import { type Kysely, sql } from 'kysely'
import type { Tables } from '../database/tables.ts'
import type { StepKind, StepStatus } from '../domain/run.ts'
import { queueSchema } from '../queue/queue-schema.ts'

/** How many steps there are of each kind and status. */
export async function countStepsByStatus(
  db: Kysely<Tables>,
): Promise<{ kind: StepKind; status: StepStatus; count: number }[]> {
  return db
    .selectFrom('steps')
    .select(['kind', 'status'])
    .select(sql<number>`count(*)::int`.as('count'))
    .groupBy(['kind', 'status'])
    .execute()
}

/** How many jobs the queue has of each kind and state. */
export async function countJobsByState(db: Kysely<Tables>): Promise<{ kind: string; state: string; count: number }[]> {
  const { rows } = await sql<{ kind: string; state: string; count: number }>`
    select name as kind, state::text as state, count(*)::int as count
    from ${sql.table(`${queueSchema}.job`)} group by name, state`.execute(db)
  return rows
}
