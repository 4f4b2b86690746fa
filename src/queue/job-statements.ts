import { type RawBuilder, sql } from 'kysely'
import { json } from '../database/json.ts'
import type { ClaimedJob } from './claimed-job.ts'
import type { JobDefinition } from './define-job.ts'
import { jobOptions } from './job-options.ts'
import { deadLetters, queueChannel, queueSchema } from './queue-schema.ts'

// What pg-boss's insert, fetch, touch, complete and cancel do to a job, as parts of statements of ours: what they do and what it means to us become true together, in one go
// for jobs of all kinds. A test holds them to what the installed pg-boss does.

const jobTable = sql.table(`${queueSchema}.job`)
/** pg-boss's clock: now(), but for its own tests. */
const now = sql.raw(`${queueSchema}.job_now()`)

export interface JobToSend {
  definition: JobDefinition
  id: string
  /** What `claiming` can be narrowed to. */
  group: string
  payload: { stepId: string }
  /** Higher ones overtake. */
  priority?: number
  /** From the media's length, where the definition's value is too short. */
  expireInSeconds?: number
}

/** Queues jobs, and returns the name of each one's queue. */
export function sending(jobs: readonly JobToSend[]): RawBuilder<{ name: string }> {
  return sql`
    insert into ${jobTable} (
      id, name, data, priority, group_id, start_after, created_on, keep_until, expire_seconds, deletion_seconds,
      retry_limit, retry_delay, retry_backoff, retry_delay_max, heartbeat_seconds, policy, dead_letter
    )
    select
      job.id, queue.name, job.data, job.priority, job."group", ${now}, ${now}, ${now} + job."retentionSeconds" * interval '1 s',
      job."expireInSeconds", queue.deletion_seconds, job."retryLimit", job."retryDelay", job."retryBackoff", job."retryDelayMax",
      job."heartbeatSeconds", queue.policy, ${deadLetters}
    from jsonb_to_recordset(${json(jobs.map(toRecord))}) as job (
      id uuid, name text, data jsonb, priority int, "group" text, "retentionSeconds" int, "expireInSeconds" int,
      "retryLimit" int, "retryDelay" int, "retryBackoff" boolean, "retryDelayMax" int, "heartbeatSeconds" int
    )
    join ${sql.table(`${queueSchema}.queue`)} queue on queue.name = job.name
    returning name`
}

/** Wakes everyone who waits for jobs of the queue called `name`, when the transaction commits. */
export const telling = sql`pg_notify(${queueChannel}, name)`

function toRecord({ definition, id, payload, group, priority = 0, expireInSeconds }: JobToSend) {
  return {
    ...jobOptions(definition),
    ...{ id, name: definition.name, data: payload, group, priority },
    // A recording's length has milliseconds; pg-boss counts whole seconds.
    expireInSeconds: Math.ceil(expireInSeconds ?? definition.expireInSeconds),
  }
}

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
    from ${held(jobs)} where ${isHeld}
    returning job.id`
}

/**
 * Says that jobs are still worked on. A job whose row somebody just changes is left out: it is ending, and who says so of several at once must never
 * wait for one of them.
 */
export function touching(jobs: readonly ClaimedJob[]): RawBuilder<{ id: string }> {
  return sql`
    with untouched as materialized (
      select job.name, job.id from ${jobTable} job join ${held(jobs)} on ${isHeld}
      for no key update of job skip locked
    )
    update ${jobTable} job set heartbeat_on = ${now}
    from untouched where job.name = untouched.name and job.id = untouched.id
    returning job.id`
}

/** Those that are not ours any more: ended, or in other hands. */
export function lost(jobs: readonly ClaimedJob[]): RawBuilder<{ id: string }> {
  return sql`select held.id from ${held(jobs)} left join ${jobTable} job on ${isHeld} where job.id is null`
}

/** Cancels jobs that wait or are worked on, whoever has them. */
export function cancelling(jobs: readonly { name: string; id: string }[]): RawBuilder<unknown> {
  return sql`
    update ${jobTable} job set state = 'cancelled', completed_on = ${now}
    from unnest(${jobs.map(({ name }) => name)}::text[], ${jobs.map(({ id }) => id)}::uuid[]) as unwanted (name, id)
    where job.name = unwanted.name and job.id = unwanted.id and job.state < 'completed'`
}

function held(jobs: readonly ClaimedJob[]): RawBuilder<unknown> {
  return sql`
    unnest(
      ${jobs.map(({ name }) => name)}::text[],
      ${jobs.map(({ id }) => id)}::uuid[],
      ${jobs.map(({ retryCount }) => retryCount)}::int[]
    ) as held (name, id, retry_count)`
}

const isHeld = sql`job.name = held.name and job.id = held.id and job.retry_count = held.retry_count and job.state = 'active'`
