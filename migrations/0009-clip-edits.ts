import { type Kysely, sql } from 'kysely'

// What a person changed about a clip, every version in full. A clip is known by the span of the moment it is made of, so that its
// edits are found again whatever rank it has in a later run.
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table clip_edits (
      id bigint generated always as identity primary key,
      recording_id uuid not null,
      duration_seconds double precision not null,
      start_seconds double precision not null check (start_seconds >= 0),
      end_seconds double precision not null,
      changes jsonb not null check (jsonb_typeof(changes) = 'object'),
      created_at timestamptz not null default now(),
      created_by text not null,
      updated_at timestamptz not null default now(),
      updated_by text not null,
      deleted_at timestamptz,
      foreign key (recording_id, duration_seconds) references recordings (id, duration_seconds) on delete cascade on update cascade,
      check (start_seconds < end_seconds and end_seconds <= duration_seconds)
    )`.execute(db)
  await sql`create index clip_edits_recording on clip_edits (recording_id, id) where deleted_at is null`.execute(db)
}

export async function down(db: Kysely<unknown>): Promise<void> {
  await sql`drop table clip_edits`.execute(db)
}
