import { type RawBuilder, sql } from 'kysely'
import type { ClaimedJob } from './job-queue.ts'
import { queueSchema } from './queue-schema.ts'

// What pg-boss's fetch and complete do to a job, as parts of statements of ours: what they do and what it means to us become true together, in one go
// for jobs of all kinds. A test holds them to what the installed pg-boss does.

const jobTable = sql.table(`${queueSchema}.job`)
/** pg-boss's clock: now(), but for its own tests. */
const now = sql.raw(`${queueSchema}.job_now()`)

/** A job as `claiming` returns it. */
export interface JobRow {
  id: string
  name: string
  retry_count: number
  data: unknown
}

/** Takes the next jobs, of each kind as many as there is room for. `onlyGroup` leaves the jobs of all other groups alone. */
export function claiming(rooms: ReadonlyMap<string, number>, onlyGroup?: string): RawBuilder<JobRow> {
  return sql`
    with next as materialized (
      select next.name, next.id
      from unnest(${[...rooms.keys()]}::text[], ${[...rooms.values()]}::int[]) as room (name, count)
      cross join lateral (
        select name, id from ${jobTable} job
        where job.name = room.name and state < 'active' and not blocked and start_after <= ${now}
          ${onlyGroup === undefined ? sql`` : sql`and group_id = ${onlyGroup}`}
        order by priority desc, created_on
        limit room.count
        for update skip locked
      ) next
    )
    update ${jobTable} job set
      state = 'active', started_on = ${now}, heartbeat_on = ${now},
      retry_count = case when started_on is null then retry_count else retry_count + 1 end
    from next where job.name = next.name and job.id = next.id
    returning job.id, job.name, job.retry_count, job.data`
}

/** Completes jobs; those that are no longer ours are left alone and not returned. */
export function completing(jobs: readonly ClaimedJob[]): RawBuilder<{ id: string }> {
  return sql`
    update ${jobTable} job set state = 'completed', completed_on = ${now}, output = null
    from unnest(
      ${jobs.map(({ name }) => name)}::text[],
      ${jobs.map(({ id }) => id)}::uuid[],
      ${jobs.map(({ retryCount }) => retryCount)}::int[]
    ) as held (name, id, retry_count)
    where job.name = held.name and job.id = held.id and job.retry_count = held.retry_count and job.state = 'active'
    returning job.id`
}
