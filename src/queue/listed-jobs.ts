import { type Kysely, sql } from 'kysely'
import type { Tables } from '../database/tables.ts'
import type { StepKind } from '../domain/run.ts'
import { queueSchema } from './queue-schema.ts'

export const jobStates = ['active', 'scheduled', 'waiting'] as const
/** `active`: a worker has it; `scheduled`: it is tried again at a time; `waiting`: it may be begun. */
export type ListedJobState = (typeof jobStates)[number]

export interface ListedJob {
  id: string
  state: ListedJobState
  kind: StepKind
  runId: string
  subject: number
  priority: number
  /** How often it was tried before. */
  retries: number
  createdAt: Date
  startsAfter: Date
  /** `createdAt` as the database writes it. */
  place: string
}

/** Jobs that are not done, the oldest first. One query. */
export async function listJobs(
  db: Kysely<Tables>,
  { limit, after, ...which }: WhichJobs & { limit: number; after?: { at: string; id: string } | undefined },
): Promise<ListedJob[]> {
  const beyond =
    after === undefined ? sql`true` : sql`("createdAt", id) > (${after.at}::timestamptz, ${after.id}::uuid)`
  const { rows } = await sql<ListedJob>`
    select * from ${jobsThat(which)} where ${beyond} order by "createdAt", id limit ${limit}`.execute(db)
  return rows
}

/** No more than the queue may hold. */
export async function countListedJobs(db: Kysely<Tables>, which: WhichJobs): Promise<number> {
  const { rows } = await sql<{ count: number }>`select count(*)::int as count from ${jobsThat(which)}`.execute(db)
  return rows[0]?.count ?? 0
}

interface WhichJobs {
  state?: ListedJobState | undefined
  kind?: StepKind | undefined
}

function jobsThat({ state, kind }: WhichJobs) {
  return sql`(
    select * from (
      select job.id, steps.kind, steps.run_id as "runId", steps.subject, job.priority, job.retry_count as retries,
        job.created_on as "createdAt", job.start_after as "startsAfter", job.created_on::text as place,
        case when job.state = 'active' then 'active' when job.start_after > now() then 'scheduled' else 'waiting' end as state
      from ${sql.table(`${queueSchema}.job`)} job
      join steps on steps.job_id = job.id and steps.status in ('queued', 'working')
      where job.state <= 'active'
    ) jobs
    where ${state === undefined ? sql`true` : sql`state = ${state}`} and ${kind === undefined ? sql`true` : sql`kind = ${kind}`}
  ) jobs`
}
