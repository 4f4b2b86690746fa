import { type Kysely, sql } from 'kysely'

// A run that waits for a transcript has neither failed nor is it worked on: it has a status of its own, and goes on when there is one.
const changes = [
  sql`
    alter table runs
      drop constraint runs_status_check,
      drop constraint runs_check,
      add constraint runs_status_check check (status in ('working', 'needs-transcript', 'done', 'failed', 'cancelled')),
      add constraint runs_ended check ((status in ('working', 'needs-transcript')) = (finished_at is null)),
      add column ways_tried text[] not null default '{}'`,
  sql`
    alter table steps
      drop constraint steps_status_check,
      drop constraint steps_check,
      drop constraint steps_failed_say_why,
      add constraint steps_status_check
        check (status in ('queued', 'working', 'needs-transcript', 'done', 'failed', 'cancelled', 'skipped')),
      add constraint steps_ended check ((status in ('queued', 'working', 'needs-transcript')) = (finished_at is null)),
      add constraint steps_failed_say_why
        check (status not in ('failed', 'needs-transcript') or (error is not null and jsonb_typeof(error) = 'object'))`,
  sql`create index steps_needing_a_transcript on steps (run_id) where status = 'needs-transcript'`,
]

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const change of changes) await change.execute(db)
}

// What waited was called failed before.
const back = [
  sql`drop index steps_needing_a_transcript`,
  sql`
    alter table steps
      drop constraint steps_ended,
      drop constraint steps_failed_say_why,
      add constraint steps_failed_say_why
        check (status <> 'failed' or (error is not null and jsonb_typeof(error) = 'object'))`,
  sql`update steps set status = 'failed', finished_at = now() where status = 'needs-transcript'`,
  sql`
    alter table steps
      drop constraint steps_status_check,
      add constraint steps_status_check check (status in ('queued', 'working', 'done', 'failed', 'cancelled', 'skipped')),
      add constraint steps_check check ((status in ('queued', 'working')) = (finished_at is null))`,
  sql`alter table runs drop constraint runs_ended, drop column ways_tried`,
  sql`update runs set status = 'failed', finished_at = now() where status = 'needs-transcript'`,
  sql`
    alter table runs
      drop constraint runs_status_check,
      add constraint runs_status_check check (status in ('working', 'done', 'failed', 'cancelled')),
      add constraint runs_check check ((status = 'working') = (finished_at is null))`,
]

export async function down(db: Kysely<unknown>): Promise<void> {
  for (const change of back) await change.execute(db)
}
