import { type Kysely, sql } from 'kysely'

// A call is written down before it is made. What is still `pending` after a crash may have been paid for: it keeps what was set aside for it.
const changes = [
  sql`
    create table model_calls (
      id uuid primary key default gen_random_uuid(),
      provider text not null,
      model text not null,
      purpose text not null,
      prompt_version text not null,
      content_key text not null check (content_key ~ '^[0-9a-f]{64}$'),
      recording_id uuid references recordings (id) on delete set null,
      run_id uuid references runs (id) on delete set null,
      outcome text not null check (outcome in
        ('pending', 'answered', 'unusable', 'refused', 'rejected', 'limited', 'failed', 'timed-out', 'cancelled', 'lost')),
      holder jsonb,
      reserved_tokens integer not null check (reserved_tokens >= 0),
      reserved_usd double precision not null check (reserved_usd >= 0),
      input_tokens integer check (input_tokens >= 0),
      output_tokens integer check (output_tokens >= 0),
      cost_usd double precision check (cost_usd >= 0),
      http_status integer,
      error jsonb,
      answer jsonb,
      retry_at timestamptz,
      begun_at timestamptz not null,
      ended_at timestamptz,
      check ((outcome = 'pending') = (ended_at is null)),
      check ((outcome = 'answered') = (answer is not null)),
      check (ended_at >= begun_at)
    )`,
  sql`create index model_calls_answers on model_calls (content_key, begun_at) where outcome = 'answered'`,
  sql`create index model_calls_begun on model_calls (begun_at)`,
  sql`create index model_calls_provider on model_calls (provider, begun_at)`,
  sql`create index model_calls_pending on model_calls (begun_at) where outcome = 'pending'`,
  sql`create index model_calls_recording on model_calls (recording_id)`,
  sql`create index model_calls_run on model_calls (run_id)`,
  sql`alter table detections add column notes jsonb not null default '[]'`,
  sql`alter table moments add column hook text`,
]

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const change of changes) await change.execute(db)
}

export async function down(db: Kysely<unknown>): Promise<void> {
  await sql`alter table moments drop column hook`.execute(db)
  await sql`alter table detections drop column notes`.execute(db)
  await sql`drop table model_calls`.execute(db)
}
