import { type Kysely, sql } from 'kysely'

// What a person did to a transcript: each correction is a version of its own, so that undoing is using an earlier one. A version that a
// person chose is kept by later runs; `source` names what was read, so that the same file given again is known.
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    alter table transcripts
      add column based_on uuid references transcripts (id) on delete set null,
      add column note text check (note <> ''),
      add column source text,
      add column chosen_at timestamptz`.execute(db)
  await sql`create index transcripts_based_on on transcripts (based_on)`.execute(db)
}

export async function down(db: Kysely<unknown>): Promise<void> {
  await sql`drop index transcripts_based_on`.execute(db)
  await sql`alter table transcripts drop column based_on, drop column note, drop column source, drop column chosen_at`.execute(
    db,
  )
}
