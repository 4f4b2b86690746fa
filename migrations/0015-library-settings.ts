import { type Kysely, sql } from 'kysely'

// Defaults that a library has for its runs; and which version of a clip is the one to be shown, for it is not always the newest: an edit that was
// taken back leads to an earlier one.
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table library_settings (
      name text primary key check (length(name) between 1 and 100),
      value jsonb not null,
      created_at timestamptz not null default now(),
      created_by text not null,
      updated_at timestamptz not null default now(),
      updated_by text not null
    )`.execute(db)
  await sql`alter table clip_versions add column shown_at timestamptz not null default now()`.execute(db)
  await sql`update clip_versions set shown_at = created_at`.execute(db)
  await sql`create index clip_versions_shown on clip_versions (clip_id, shown_at desc, version desc)`.execute(db)
  await sql`create index runs_edits on runs ((settings->>'editOf'), created_at desc) where settings ? 'editOf'`.execute(
    db,
  )
}

export async function down(db: Kysely<unknown>): Promise<void> {
  await sql`drop index runs_edits`.execute(db)
  await sql`drop index clip_versions_shown`.execute(db)
  await sql`alter table clip_versions drop column shown_at`.execute(db)
  await sql`drop table library_settings`.execute(db)
}
