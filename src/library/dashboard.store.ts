import { type Kysely, sql } from 'kysely'
import type { Tables } from '../database/tables.ts'
import { type StepKind, stepKinds } from '../domain/run.ts'

// Every query here costs the same however large the library is: it reads the newest so many, or what an index counts.

/** Recordings and clips that were finished, in the last hour and day. */
export interface Throughput {
  recordings: { hour: number; day: number }
  clips: { hour: number; day: number }
}

export async function measureThroughput(db: Kysely<Tables>): Promise<Throughput> {
  const { rows } = await sql<{ kind: StepKind; hour: number; day: number }>`
    select kind, count(*) filter (where finished_at > now() - interval '1 hour')::int as hour, count(*)::int as day
    from steps
    where kind in ('conclude', 'cut') and status = 'done' and finished_at > now() - interval '24 hours'
    group by kind`.execute(db)
  const of = (wanted: StepKind) => {
    const row = rows.find(({ kind }) => kind === wanted)
    return { hour: row?.hour ?? 0, day: row?.day ?? 0 }
  }
  return { recordings: of('conclude'), clips: of('cut') }
}

/** How long the newest steps of a kind took, seconds; null where none did any work. */
export interface StepDurations {
  kind: StepKind
  p50: number | null
  p95: number | null
  /** How many did work, of the newest that ended well. */
  worked: number
  /** How many had their result already. */
  reused: number
}

/** Of the newest thousand of each kind that ended well within a week. */
export async function measureDurations(db: Kysely<Tables>): Promise<StepDurations[]> {
  const { rows } = await sql<StepDurations & { quantiles: number[] | null }>`
    select wanted.kind, measured.quantiles, measured.worked, measured.reused
    from unnest(${[...stepKinds]}::text[]) as wanted (kind)
    cross join lateral (
      select percentile_cont(array[0.5, 0.95]) within group (order by seconds) filter (where not newest.reused) as quantiles,
        count(*) filter (where not newest.reused)::int as worked, count(*) filter (where newest.reused)::int as reused
      from (
        select extract(epoch from finished_at - started_at)::float8 as seconds, reused
        from steps
        where kind = wanted.kind and finished_at > now() - interval '7 days' and status = 'done' and started_at is not null
        order by finished_at desc limit 1000
      ) newest
    ) measured`.execute(db)
  return rows.map(({ kind, quantiles, worked, reused }) => {
    const [p50 = null, p95 = null] = quantiles ?? []
    return { kind, p50, p95, worked, reused }
  })
}

export const stages = ['transcribed', 'moments found', 'clips ready'] as const
export type Stage = (typeof stages)[number]
const stageKinds: Readonly<Record<Stage, StepKind>> = {
  transcribed: 'transcribe',
  'moments found': 'detect',
  'clips ready': 'conclude',
}

/** Seconds from the begin of a run until it got so far, waiting included. */
export interface StageTimes {
  stage: Stage
  p50: number | null
  p95: number | null
  runs: number
}

/** Of the newest five hundred runs that got so far within a week. */
export async function measureStages(db: Kysely<Tables>): Promise<StageTimes[]> {
  const { rows } = await sql<{ kind: StepKind; quantiles: number[] | null; runs: number }>`
    select wanted.kind, measured.quantiles, measured.runs
    from unnest(${stages.map((stage) => stageKinds[stage])}::text[]) as wanted (kind)
    cross join lateral (
      select percentile_cont(array[0.5, 0.95]) within group (order by seconds) as quantiles, count(*)::int as runs
      from (
        -- Looked up one by one: joined, all runs there are would be read for it.
        select extract(epoch from finished_at - (select created_at from runs where runs.id = run_id))::float8 as seconds
        from (
          select run_id, finished_at from steps
          where kind = wanted.kind and finished_at > now() - interval '7 days' and status = 'done'
          order by finished_at desc limit 500
        ) newest
      ) times
    ) measured`.execute(db)
  return stages.map((stage) => {
    const row = rows.find(({ kind }) => kind === stageKinds[stage])
    const [p50 = null, p95 = null] = row?.quantiles ?? []
    return { stage, p50, p95, runs: row?.runs ?? 0 }
  })
}

/** Steps of a kind that are not done. */
export interface QueueDepth {
  kind: StepKind
  queued: number
  working: number
  /** Failed for good; they stay until they are tried again. */
  failed: number
  /** Seconds for which the first one has waited; null when none waits. */
  longestWait: number | null
}

export async function measureQueue(db: Kysely<Tables>): Promise<QueueDepth[]> {
  const { rows } = await sql<QueueDepth>`
    select kind, sum(queued)::int as queued, sum(working)::int as working, sum(failed)::int as failed,
      max(wait)::float8 as "longestWait"
    from (
      select kind, count(*) filter (where status = 'queued') as queued, count(*) filter (where status = 'working') as working,
        0 as failed, extract(epoch from now() - min(queued_at) filter (where status = 'queued')) as wait
      from steps where status in ('queued', 'working') group by kind
      union all
      select kind, 0, 0, count(*), null from steps where status = 'failed' group by kind
    ) counted
    group by kind`.execute(db)
  const none = { queued: 0, working: 0, failed: 0, longestWait: null }
  return stepKinds.map((kind) => rows.find((row) => row.kind === kind) ?? { kind, ...none })
}

/** What went wrong lately, by code. */
export interface RecentError {
  code: string
  count: number
  lastAt: Date
  /** The newest, as a person reads it. */
  message: string
  /** Where the newest happened. */
  runId: string
  kind: StepKind
}

/** Tries that failed in the last 24 hours, at most the newest two thousand; twenty codes, the newest first. */
export async function measureErrors(db: Kysely<Tables>): Promise<RecentError[]> {
  const { rows } = await sql<RecentError>`
    select grouped.code, grouped.count, grouped."lastAt", grouped.message, steps.run_id as "runId", steps.kind
    from (
      select error->>'code' as code, count(*)::int as count, max(ended_at) as "lastAt",
        (array_agg(error->>'message' order by ended_at desc))[1] as message,
        (array_agg(step_id order by ended_at desc))[1] as step_id
      from (
        select error, ended_at, step_id from failed_attempts
        where ended_at > now() - interval '24 hours'
        order by ended_at desc limit 2000
      ) newest
      group by error->>'code'
      order by max(ended_at) desc limit 20
    ) grouped
    join lateral (select run_id, kind from steps where steps.id = grouped.step_id) steps on true
    order by grouped."lastAt" desc`.execute(db)
  return rows
}

/** What is stored, as the tables say. Bytes. */
export interface StoredSums {
  recordings: { count: number; bytes: number; seconds: number }
  renderings: { count: number; bytes: number }
  databaseBytes: number
}

export async function measureStored(db: Kysely<Tables>): Promise<StoredSums> {
  const { rows } = await sql<
    Record<'recordings' | 'bytes' | 'seconds' | 'renderings' | 'rendered' | 'database', number>
  >`
    select recordings.*, renderings.*, pg_database_size(current_database())::float8 as database
    from (
      select count(*)::int as recordings, coalesce(sum(size_bytes), 0)::float8 as bytes,
        coalesce(sum(duration_seconds), 0)::float8 as seconds
      from recordings where deleted_at is null
    ) recordings,
    (select count(*)::int as renderings, coalesce(sum(size_bytes), 0)::float8 as rendered from renderings) renderings`.execute(
    db,
  )
  const row = rows[0]
  return {
    recordings: { count: row?.recordings ?? 0, bytes: row?.bytes ?? 0, seconds: row?.seconds ?? 0 },
    renderings: { count: row?.renderings ?? 0, bytes: row?.rendered ?? 0 },
    databaseBytes: row?.database ?? 0,
  }
}

/** Connections of the server to this database, of all processes. */
export interface ServerConnections {
  open: number
  /** Most the server takes. */
  most: number
}

export async function measureConnections(db: Kysely<Tables>): Promise<ServerConnections> {
  const { rows } = await sql<ServerConnections>`
    select count(*)::int as open, current_setting('max_connections')::int as most
    from pg_stat_activity where datname = current_database()`.execute(db)
  return rows[0] ?? { open: 0, most: 0 }
}

/** Answers of language models and services that listen in the last 24 hours. */
export interface ModelUse {
  calls: number
  /** Calls that gave nothing to use. */
  failed: number
  usd: number
  /** Calls that were not made, for the answer was kept. */
  spared: number
}

export async function measureModelUse(db: Kysely<Tables>): Promise<ModelUse> {
  const { rows } = await sql<ModelUse>`
    select count(*)::int as calls, count(*) filter (where outcome not in ('answered', 'pending'))::int as failed,
      coalesce(sum(cost_usd), 0)::float8 as usd,
      (select count(*)::int from model_reuses where at > now() - interval '24 hours') as spared
    from model_calls where begun_at > now() - interval '24 hours'`.execute(db)
  return rows[0] ?? { calls: 0, failed: 0, usd: 0, spared: 0 }
}
