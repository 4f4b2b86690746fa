import { type Kysely, sql } from 'kysely'

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table request_keys (
      key text not null check (length(key) between 1 and 200),
      route text not null,
      body_hash text not null check (body_hash ~ '^[0-9a-f]{64}$'),
      answer jsonb check (jsonb_typeof(answer) = 'object'),
      created_at timestamptz not null default now(),
      primary key (key, route)
    )`.execute(db)
  await sql`create index request_keys_by_age on request_keys (created_at)`.execute(db)
}

export async function down(db: Kysely<unknown>): Promise<void> {
  await sql`drop table request_keys`.execute(db)
}
