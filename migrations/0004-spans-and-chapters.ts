import { type Kysely, sql } from 'kysely'

// An answer or a chapter may be longer than the clip made of it: the moment is its best part, the span all of it.
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    alter table moments
      add column span_start_seconds double precision,
      add column span_end_seconds double precision,
      add constraint moments_span_inside check (
        num_nulls(span_start_seconds, span_end_seconds) = 2
        or (
          num_nulls(span_start_seconds, span_end_seconds) = 0
          and span_start_seconds >= 0 and span_start_seconds < span_end_seconds and span_end_seconds <= duration_seconds
        )
      )`.execute(db)
  await sql`alter table detections add column chapters jsonb`.execute(db)
}

export async function down(db: Kysely<unknown>): Promise<void> {
  await sql`alter table detections drop column chapters`.execute(db)
  await sql`
    alter table moments
      drop constraint moments_span_inside,
      drop column span_start_seconds,
      drop column span_end_seconds`.execute(db)
}
