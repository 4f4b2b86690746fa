import { type Kysely, sql } from 'kysely'

const changes = [
  sql`
    create table metric_samples (
      minute timestamptz primary key check (extract(second from minute at time zone 'UTC') = 0),
      figures jsonb not null check (jsonb_typeof(figures) = 'object')
    )`,
  // What the dashboard asks again and again, from the index alone or by its newest end.
  sql`
    create index steps_ended on steps (kind, finished_at desc) include (status, started_at, reused)
    where finished_at is not null`,
  sql`create index steps_failed on steps (kind) where status = 'failed'`,
  sql`create index failed_attempts_ended on failed_attempts (ended_at desc)`,
  sql`create index recordings_sums on recordings (size_bytes, duration_seconds) where deleted_at is null`,
  sql`create index renderings_sums on renderings (size_bytes)`,
]

const indexes = ['renderings_sums', 'recordings_sums', 'failed_attempts_ended', 'steps_failed', 'steps_ended']

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const change of changes) await change.execute(db)
}

export async function down(db: Kysely<unknown>): Promise<void> {
  for (const index of indexes) await sql`drop index ${sql.ref(index)}`.execute(db)
  await sql`drop table metric_samples`.execute(db)
}
