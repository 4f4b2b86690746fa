import { type Kysely, sql } from 'kysely'

// For lists of ten thousand recordings and searches in a million segments; docs/decisions/0026-search-in-two-ways.md.
const changes = [
  // Lists, newest first: a page is the first rows of an index, wherever it begins.
  sql`create index recordings_newest on recordings (created_at desc, id desc) where deleted_at is null`,
  sql`create index runs_newest on runs (created_at desc, id desc)`,
  sql`create index runs_by_status on runs (status, created_at desc, id desc)`,
  sql`create index runs_of_recording on runs (recording_id, created_at desc)`,
  sql`drop index runs_recording`,
  // Those that were deleted too: what a person threw away teaches.
  sql`create index clips_recording on clips (recording_id)`,
  sql`create index detections_newest on detections (recording_id, created_at desc)`,
  sql`drop index detections_recording`,
  sql`create index feedback_newest on feedback (id) where deleted_at is null`,
  // What is not done is little, however much was done; and each job has one step.
  sql`create index steps_job on steps (job_id)`,
  sql`create index steps_counted on steps (kind, status)`,
  // A part of a title, as far as the server has the extension and lets us use it; without it titles are read one by one.
  sql`
    do $$ begin
      if not exists (select from pg_extension where extname = 'pg_trgm') then
        create extension pg_trgm;
        comment on extension pg_trgm is 'made by Clipwright';
      end if;
      execute 'create index recordings_title_part on recordings using gin (title gin_trgm_ops)';
    exception when others then
      raise notice 'titles are searched without an index: %', sqlerrm;
    end $$`,
  // The words of segments beside them: rows six times smaller, already split into words, so that a search can look through many.
  sql`
    create table segment_words (
      transcript_id uuid not null,
      ordinal integer not null,
      words tsvector not null,
      primary key (transcript_id, ordinal),
      foreign key (transcript_id, ordinal) references segments (transcript_id, ordinal) on delete cascade on update cascade
    )`,
  sql`insert into segment_words select transcript_id, ordinal, to_tsvector('simple', text) from segments`,
  sql`create index segment_words_found on segment_words using gin (words)`,
  sql`drop index segments_words`,
  sql`
    create function keep_segment_words() returns trigger language plpgsql as $$ begin
      insert into segment_words select transcript_id, ordinal, to_tsvector('simple', text) from written
      on conflict (transcript_id, ordinal) do update set words = excluded.words;
      return null;
    end $$`,
  sql`
    create trigger segments_added after insert on segments referencing new table as written
      for each statement execute function keep_segment_words()`,
  sql`
    create trigger segments_changed after update on segments referencing new table as written
      for each statement execute function keep_segment_words()`,
]

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const change of changes) await change.execute(db)
}

const back = [
  sql`drop trigger segments_changed on segments`,
  sql`drop trigger segments_added on segments`,
  sql`drop function keep_segment_words()`,
  sql`drop table segment_words`,
  sql`create index segments_words on segments using gin (to_tsvector('simple', text))`,
  sql`drop index if exists recordings_title_part`,
  // Unless it was there before.
  sql`
    do $$ begin
      if exists (select from pg_extension where extname = 'pg_trgm' and obj_description(oid) = 'made by Clipwright') then
        drop extension pg_trgm;
      end if;
    end $$`,
  sql`drop index steps_counted, steps_job, clips_recording, feedback_newest, runs_by_status, runs_newest, recordings_newest`,
  sql`create index detections_recording on detections (recording_id)`,
  sql`drop index detections_newest`,
  sql`create index runs_recording on runs (recording_id)`,
  sql`drop index runs_of_recording`,
]

export async function down(db: Kysely<unknown>): Promise<void> {
  for (const change of back) await change.execute(db)
}
