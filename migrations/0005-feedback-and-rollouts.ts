import { type Kysely, sql } from 'kysely'

// Moments are found anew now and then, and old ones go; a verdict keeps what was measured on its moment, so that it goes on teaching.
const tables = [
  sql`
    create table feedback (
      id bigint generated always as identity primary key,
      recording_id uuid not null,
      duration_seconds double precision not null,
      clip_id uuid references clips (id) on delete set null,
      moment_id uuid references moments (id) on delete set null,
      start_seconds double precision not null check (start_seconds >= 0),
      end_seconds double precision not null,
      mode text not null,
      features jsonb not null check (jsonb_typeof(features) = 'object'),
      detector jsonb not null check (jsonb_typeof(detector) = 'object'),
      verdict text not null check (verdict in ('keep', 'discard', 'stars', 'trim', 'comment')),
      stars integer check (stars between 1 and 5),
      trim_start_seconds double precision check (trim_start_seconds >= 0),
      trim_end_seconds double precision,
      comment text check (comment <> ''),
      created_at timestamptz not null default now(),
      created_by text not null,
      updated_at timestamptz not null default now(),
      updated_by text not null,
      deleted_at timestamptz,
      deleted_how text check (deleted_how in ('undo', 'reset')),
      foreign key (recording_id, duration_seconds) references recordings (id, duration_seconds) on delete cascade on update cascade,
      check (start_seconds < end_seconds and end_seconds <= duration_seconds),
      check (trim_start_seconds < trim_end_seconds and trim_end_seconds <= duration_seconds),
      check (num_nulls(trim_start_seconds, trim_end_seconds) <> 1),
      check ((verdict = 'stars') = (stars is not null)),
      check ((verdict = 'trim') = (trim_start_seconds is not null)),
      check ((verdict = 'comment') = (comment is not null)),
      check ((deleted_at is null) = (deleted_how is null))
    )`,
  sql`create index feedback_recording on feedback (recording_id)`,
  sql`create index feedback_clip on feedback (clip_id)`,
  sql`create index feedback_moment on feedback (moment_id)`,
  sql`create index feedback_counting on feedback (mode, id) where deleted_at is null`,
  sql`
    create table detector_rollouts (
      id bigint generated always as identity primary key,
      detector text not null check (detector ~ '^[a-z0-9.-]+@[a-z0-9.-]+$'),
      role text not null check (role in ('current', 'trial')),
      share double precision not null check (share > 0 and share <= 1),
      status text not null check (status in ('live', 'ended', 'rolled-back')),
      reason text,
      evidence jsonb,
      created_at timestamptz not null default now(),
      created_by text not null,
      updated_at timestamptz not null default now(),
      updated_by text not null,
      ended_at timestamptz,
      check ((status = 'live') = (ended_at is null)),
      check (role = 'trial' or share = 1),
      check (status <> 'rolled-back' or reason is not null)
    )`,
  sql`create unique index detector_rollouts_one_live on detector_rollouts (role) where status = 'live'`,
  sql`
    create table detector_choices (
      step_id uuid primary key references steps (id) on delete cascade,
      recording_id uuid not null references recordings (id) on delete cascade,
      detector text not null,
      why text not null check (why in ('standard', 'current', 'trial', 'setting')),
      chosen_at timestamptz not null default now()
    )`,
  sql`create index detector_choices_recording on detector_choices (recording_id)`,
  sql`create index detector_choices_detector on detector_choices (detector, chosen_at)`,
]

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of tables) await statement.execute(db)
}

export async function down(db: Kysely<unknown>): Promise<void> {
  for (const table of ['detector_choices', 'detector_rollouts', 'feedback']) {
    await sql`drop table ${sql.table(table)}`.execute(db)
  }
}
