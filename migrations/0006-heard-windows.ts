import { type Kysely, sql } from 'kysely'

// What an engine heard in a stretch of sound, by content: the same sound and the same engine need not be heard again, whatever recording, run or attempt asks.
const tables = [
  sql`
    create table heard_windows (
      recording_hash text not null check (recording_hash <> ''),
      engine text not null check (engine <> ''),
      start_ms integer not null check (start_ms >= 0),
      end_ms integer not null,
      answer jsonb check (jsonb_typeof(answer) = 'object'),
      broken integer not null default 0 check (broken >= 0),
      reason text,
      usd double precision not null default 0 check (usd >= 0),
      heard_at timestamptz not null default now(),
      primary key (recording_hash, engine, start_ms, end_ms),
      check (start_ms < end_ms),
      check (answer is not null or (broken > 0 and reason is not null))
    )`,
  sql`create index heard_windows_broken on heard_windows (recording_hash, engine) where broken > 0`,
]

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of tables) await statement.execute(db)
}

export async function down(db: Kysely<unknown>): Promise<void> {
  await sql`drop table heard_windows`.execute(db)
}
