import { type Kysely, sql } from 'kysely'

const statements = [
  sql`
    create table uploads (
      id uuid primary key default gen_random_uuid(),
      owner text,
      kind text not null check (kind in ('recording', 'transcript')),
      part text not null check (part in ('whole', 'partial', 'final')),
      status text not null check (status in ('receiving', 'whole', 'begun', 'refused')),
      title text not null check (length(title) between 1 and 300),
      file_name text not null check (length(file_name) <= 300),
      metadata text not null check (length(metadata) <= 16000),
      settings jsonb not null check (jsonb_typeof(settings) = 'object'),
      transcript_id uuid references uploads (id) on delete set null,
      parts uuid[],
      length_bytes bigint check (length_bytes >= 0),
      offset_bytes bigint not null default 0 check (offset_bytes >= 0),
      content_hash text check (content_hash ~ '^[0-9a-f]{64}$'),
      path text,
      run_id uuid references runs (id) on delete set null,
      error jsonb check (jsonb_typeof(error) = 'object'),
      created_at timestamptz not null default now(),
      updated_at timestamptz not null default now(),
      expires_at timestamptz,
      check (offset_bytes <= length_bytes),
      check ((part = 'final') = (parts is not null)),
      check (status in ('receiving', 'refused') or part = 'partial' or (path is not null and content_hash is not null)),
      check (status not in ('whole', 'begun') or offset_bytes = length_bytes),
      check ((status = 'refused') = (error is not null))
    )`,
  sql`create index uploads_by_time on uploads (created_at desc, id desc)`,
  sql`create index uploads_unfinished on uploads (expires_at) where expires_at is not null`,
  sql`create index uploads_by_status on uploads (status, created_at)`,
  sql`create index uploads_by_content on uploads (content_hash) where content_hash is not null`,
]

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await statement.execute(db)
}

export async function down(db: Kysely<unknown>): Promise<void> {
  await sql`drop table uploads`.execute(db)
}
