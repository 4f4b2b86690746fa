import { type Kysely, sql } from 'kysely'

const tables = [
  sql`
    create table workers (
      id uuid primary key default gen_random_uuid(),
      identity jsonb not null check (jsonb_typeof(identity) = 'object'),
      kinds text[] not null check (cardinality(kinds) > 0),
      limits jsonb not null check (jsonb_typeof(limits) = 'object'),
      only_run uuid references runs (id) on delete cascade,
      status text not null check (status in ('working', 'draining')),
      doing jsonb not null check (jsonb_typeof(doing) = 'array'),
      done_count integer not null default 0 check (done_count >= 0),
      memory_bytes bigint not null check (memory_bytes >= 0),
      started_at timestamptz not null default now(),
      beat_at timestamptz not null default now()
    )`,
  sql`
    create table paused_kinds (
      kind text primary key,
      created_at timestamptz not null default now(),
      created_by text not null
    )`,
  sql`
    create table failed_attempts (
      step_id uuid not null references steps (id) on delete cascade,
      job_id uuid not null,
      attempt integer not null check (attempt > 0),
      holder jsonb,
      error jsonb not null check (jsonb_typeof(error) = 'object'),
      started_at timestamptz,
      ended_at timestamptz not null default now(),
      primary key (step_id, job_id, attempt)
    )`,
  sql`alter table runs add column priority integer not null default 0`,
]

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of tables) await statement.execute(db)
}

export async function down(db: Kysely<unknown>): Promise<void> {
  await sql`alter table runs drop column priority`.execute(db)
  for (const table of ['failed_attempts', 'paused_kinds', 'workers']) {
    await sql`drop table ${sql.table(table)}`.execute(db)
  }
}
