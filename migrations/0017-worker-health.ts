import { type Kysely, sql } from 'kysely'

/** What a worker says of itself and of its machine, so that a person sees why it takes no more. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    alter table workers
      add column restarts integer not null default 0 check (restarts >= 0),
      add column shortages jsonb not null default '[]' check (jsonb_typeof(shortages) = 'array'),
      add column load_per_core real check (load_per_core >= 0),
      add column free_megabytes integer check (free_megabytes >= 0),
      add column loop_delay_ms real check (loop_delay_ms >= 0)`.execute(db)
}

export async function down(db: Kysely<unknown>): Promise<void> {
  await sql`
    alter table workers
      drop column restarts, drop column shortages, drop column load_per_core, drop column free_megabytes,
      drop column loop_delay_ms`.execute(db)
}
