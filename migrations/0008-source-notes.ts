import { type Kysely, sql } from 'kysely'

// What publishers and platforms say of a recording: their own partitions, so that neither grows the others' indexes.
const kinds = ['chapter', 'replay']

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const kind of kinds) {
    await sql`create table ${sql.table(`observations_${kind}`)} partition of observations for values in (${sql.lit(kind)})`.execute(
      db,
    )
  }
}

export async function down(db: Kysely<unknown>): Promise<void> {
  for (const kind of kinds) await sql`drop table ${sql.table(`observations_${kind}`)}`.execute(db)
}
