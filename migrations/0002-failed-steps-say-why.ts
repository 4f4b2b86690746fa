import { type Kysely, sql } from 'kysely'

// Errors are jsonb, and "no error" is written as JSON's null, which is not SQL's: the rule of 0001 never refused anything.
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    alter table steps
      drop constraint steps_check1,
      add constraint steps_failed_say_why
        check (status <> 'failed' or (error is not null and jsonb_typeof(error) = 'object'))`.execute(db)
}

export async function down(db: Kysely<unknown>): Promise<void> {
  await sql`
    alter table steps
      drop constraint steps_failed_say_why,
      add constraint steps_check1 check (status <> 'failed' or error is not null)`.execute(db)
}
