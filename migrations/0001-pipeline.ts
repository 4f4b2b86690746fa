import { type Kysely, sql } from 'kysely'

// Every span carries its recording's duration, held true by composite foreign keys, so that the database itself
// refuses a span that ends after the recording does.
const tables = [
  sql`
    create table recordings (
      id uuid primary key default gen_random_uuid(),
      title text not null,
      path text not null,
      content_hash text not null check (content_hash ~ '^[0-9a-f]{64}$'),
      size_bytes bigint not null check (size_bytes > 0),
      duration_seconds double precision not null check (duration_seconds > 0 and duration_seconds < 'infinity'),
      info jsonb not null,
      created_at timestamptz not null default now(),
      created_by text not null,
      updated_at timestamptz not null default now(),
      updated_by text not null,
      deleted_at timestamptz,
      unique (id, duration_seconds)
    )`,
  sql`create unique index recordings_content on recordings (content_hash) where deleted_at is null`,
  sql`
    create table file_hashes (
      path text primary key,
      size_bytes bigint not null check (size_bytes >= 0),
      modified_ms double precision not null,
      inode text not null,
      content_hash text not null check (content_hash ~ '^[0-9a-f]{64}$')
    )`,
  sql`
    create table transcripts (
      id uuid primary key default gen_random_uuid(),
      recording_id uuid not null,
      duration_seconds double precision not null,
      version integer not null check (version > 0),
      current boolean not null,
      fingerprint text not null,
      origin jsonb not null,
      language text,
      warnings jsonb not null,
      segment_count integer not null check (segment_count >= 0),
      created_at timestamptz not null default now(),
      created_by text not null,
      foreign key (recording_id, duration_seconds) references recordings (id, duration_seconds) on delete cascade on update cascade,
      unique (recording_id, version),
      unique (recording_id, fingerprint),
      unique (id, duration_seconds)
    )`,
  sql`create unique index transcripts_one_current on transcripts (recording_id) where current`,
  sql`
    create table segments (
      transcript_id uuid not null,
      duration_seconds double precision not null,
      ordinal integer not null check (ordinal >= 0),
      start_seconds double precision not null check (start_seconds >= 0),
      end_seconds double precision not null,
      text text not null,
      speaker text,
      words jsonb not null,
      primary key (transcript_id, ordinal),
      foreign key (transcript_id, duration_seconds) references transcripts (id, duration_seconds) on delete cascade on update cascade,
      check (start_seconds < end_seconds and end_seconds <= duration_seconds)
    )`,
  sql`
    create table analyses (
      id uuid primary key default gen_random_uuid(),
      recording_id uuid not null,
      duration_seconds double precision not null,
      fingerprint text not null,
      loudness_step_seconds double precision not null check (loudness_step_seconds > 0),
      integrated_lufs double precision,
      warnings jsonb not null,
      created_at timestamptz not null default now(),
      foreign key (recording_id, duration_seconds) references recordings (id, duration_seconds) on delete cascade on update cascade,
      unique (recording_id, fingerprint),
      unique (id, duration_seconds)
    )`,
  sql`
    create table observations (
      analysis_id uuid not null,
      duration_seconds double precision not null,
      kind text not null,
      ordinal integer not null check (ordinal >= 0),
      start_seconds double precision not null check (start_seconds >= 0),
      end_seconds double precision not null,
      value jsonb not null,
      foreign key (analysis_id, duration_seconds) references analyses (id, duration_seconds) on delete cascade on update cascade,
      check (start_seconds < end_seconds and end_seconds <= duration_seconds),
      unique (analysis_id, kind, start_seconds, ordinal)
    ) partition by list (kind)`,
  sql`create table observations_scene partition of observations for values in ('scene')`,
  sql`create table observations_loudness partition of observations for values in ('loudness')`,
  sql`create table observations_other partition of observations default`,
  sql`
    create table detections (
      id uuid primary key default gen_random_uuid(),
      recording_id uuid not null,
      duration_seconds double precision not null,
      transcript_id uuid not null references transcripts (id) on delete cascade,
      analysis_id uuid not null references analyses (id) on delete cascade,
      mode text not null,
      settings jsonb not null,
      candidate_count integer not null check (candidate_count >= 0),
      curve jsonb not null,
      shortfall text,
      created_at timestamptz not null default now(),
      foreign key (recording_id, duration_seconds) references recordings (id, duration_seconds) on delete cascade on update cascade,
      unique (id, duration_seconds)
    )`,
  sql`create index detections_recording on detections (recording_id)`,
  sql`create index detections_transcript on detections (transcript_id)`,
  sql`create index detections_analysis on detections (analysis_id)`,
  sql`
    create table moments (
      id uuid primary key default gen_random_uuid(),
      detection_id uuid not null,
      duration_seconds double precision not null,
      rank integer not null check (rank > 0),
      start_seconds double precision not null check (start_seconds >= 0),
      end_seconds double precision not null,
      score double precision not null check (score between 0 and 1),
      confidence double precision not null check (confidence between 0 and 1),
      genre text not null,
      title text not null,
      text text not null,
      first_segment integer not null,
      last_segment integer not null,
      features jsonb not null,
      reasons jsonb not null,
      detector jsonb not null,
      foreign key (detection_id, duration_seconds) references detections (id, duration_seconds) on delete cascade on update cascade,
      check (start_seconds < end_seconds and end_seconds <= duration_seconds),
      check (first_segment >= 0 and first_segment <= last_segment),
      unique (detection_id, rank)
    )`,
  sql`
    create table clips (
      id uuid primary key default gen_random_uuid(),
      recording_id uuid not null references recordings (id) on delete cascade,
      natural_key text not null,
      moment_id uuid references moments (id) on delete set null,
      title text not null,
      created_at timestamptz not null default now(),
      created_by text not null,
      updated_at timestamptz not null default now(),
      updated_by text not null,
      deleted_at timestamptz
    )`,
  sql`create unique index clips_natural_key on clips (recording_id, natural_key) where deleted_at is null`,
  sql`create index clips_moment on clips (moment_id)`,
  sql`
    create table renderings (
      key text primary key check (key ~ '^[0-9a-f]{64}$'),
      path text not null,
      sha256 text not null check (sha256 ~ '^[0-9a-f]{64}$'),
      size_bytes bigint not null check (size_bytes > 0),
      duration_seconds double precision not null check (duration_seconds > 0),
      width integer not null check (width > 0),
      height integer not null check (height > 0),
      report jsonb not null,
      created_at timestamptz not null default now()
    )`,
  sql`
    create table clip_versions (
      id uuid primary key default gen_random_uuid(),
      clip_id uuid not null references clips (id) on delete cascade,
      version integer not null check (version > 0),
      content_hash text not null,
      edit jsonb not null,
      style jsonb not null,
      framing jsonb not null,
      rendering_key text references renderings (key) on delete set null,
      created_at timestamptz not null default now(),
      created_by text not null,
      unique (clip_id, version),
      unique (clip_id, content_hash)
    )`,
  sql`create index clip_versions_rendering on clip_versions (rendering_key)`,
  sql`
    create table runs (
      id uuid primary key default gen_random_uuid(),
      recording_id uuid references recordings (id) on delete cascade,
      transcript_id uuid references transcripts (id) on delete set null,
      analysis_id uuid references analyses (id) on delete set null,
      detection_id uuid references detections (id) on delete set null,
      moment_count integer check (moment_count >= 0),
      status text not null check (status in ('working', 'done', 'failed', 'cancelled')),
      fingerprint text not null,
      settings jsonb not null,
      owner jsonb,
      error jsonb,
      completeness double precision check (completeness between 0 and 1),
      created_at timestamptz not null default now(),
      created_by text not null,
      finished_at timestamptz,
      check ((status = 'working') = (finished_at is null))
    )`,
  sql`create index runs_unfinished on runs (fingerprint) where status = 'working'`,
  sql`create index runs_recording on runs (recording_id)`,
  sql`
    create table steps (
      id uuid primary key default gen_random_uuid(),
      run_id uuid not null references runs (id) on delete cascade,
      kind text not null,
      subject integer not null default 0 check (subject >= 0),
      status text not null check (status in ('queued', 'working', 'done', 'failed', 'cancelled', 'skipped')),
      job_id uuid not null,
      attempts integer not null default 0 check (attempts >= 0),
      holder jsonb,
      progress jsonb,
      reused boolean not null default false,
      output jsonb,
      error jsonb,
      queued_at timestamptz not null default now(),
      started_at timestamptz,
      finished_at timestamptz,
      check ((status in ('queued', 'working')) = (finished_at is null)),
      check (status <> 'failed' or error is not null),
      unique (run_id, kind, subject)
    )`,
  sql`create index steps_unfinished on steps (status) where status in ('queued', 'working')`,
  sql`
    create table memos (
      key text primary key,
      kind text not null,
      output jsonb not null,
      created_at timestamptz not null default now()
    )`,
  sql`
    create table events (
      id bigint generated always as identity primary key,
      at timestamptz not null default now(),
      severity text not null check (severity in ('debug', 'info', 'warn', 'error')),
      component text not null,
      name text not null,
      message text not null,
      data jsonb not null,
      run_id uuid references runs (id) on delete cascade,
      recording_id uuid references recordings (id) on delete cascade
    )`,
  sql`create index events_run on events (run_id)`,
  sql`create index events_recording on events (recording_id)`,
  sql`create index events_at on events (at)`,
  sql`
    create table child_processes (
      host text not null,
      boot_id text not null,
      pid integer not null check (pid > 1),
      start_time text not null,
      step_id uuid not null,
      command text not null,
      started_at timestamptz not null default now(),
      primary key (host, boot_id, pid, start_time)
    )`,
]

const newestFirst = [
  'child_processes',
  'events',
  'memos',
  'steps',
  'runs',
  'clip_versions',
  'renderings',
  'clips',
  'moments',
  'detections',
  'observations',
  'analyses',
  'segments',
  'transcripts',
  'file_hashes',
  'recordings',
]

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of tables) await statement.execute(db)
}

export async function down(db: Kysely<unknown>): Promise<void> {
  for (const table of newestFirst) await sql`drop table ${sql.table(table)}`.execute(db)
}
