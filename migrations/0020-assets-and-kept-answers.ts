import { type Kysely, sql } from 'kysely'

const changes = [
  // Music, logos, fonts: what a run is asked to use besides the recording and its transcript.
  sql`alter table uploads drop constraint uploads_kind_check,
    add constraint uploads_kind_check check (kind in ('recording', 'transcript', 'asset'))`,
  // Each time an answer that was kept spared a call.
  sql`
    create table model_reuses (
      call_id uuid not null references model_calls (id) on delete cascade,
      at timestamptz not null default now()
    )`,
  sql`create index model_reuses_at on model_reuses (at)`,
  sql`create index model_reuses_call on model_reuses (call_id)`,
]

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const change of changes) await change.execute(db)
}

export async function down(db: Kysely<unknown>): Promise<void> {
  await sql`drop table model_reuses`.execute(db)
  await sql`delete from uploads where kind = 'asset'`.execute(db)
  await sql`alter table uploads drop constraint uploads_kind_check,
    add constraint uploads_kind_check check (kind in ('recording', 'transcript'))`.execute(db)
}
