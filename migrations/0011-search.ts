import { type Kysely, sql } from 'kysely'

// `simple`: words as they are written, of any language; the words of a sentence are few, so that endings matter less than being found at all.
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`create index segments_words on segments using gin (to_tsvector('simple', text))`.execute(db)
  await sql`create index recordings_words on recordings using gin (to_tsvector('simple', title))`.execute(db)
}

export async function down(db: Kysely<unknown>): Promise<void> {
  await sql`drop index segments_words`.execute(db)
  await sql`drop index recordings_words`.execute(db)
}
