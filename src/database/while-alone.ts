import { type Kysely, sql, type Transaction } from 'kysely'

/** "clip" in ASCII: advisory locks of ours are a space of their own. */
const ours = 0x636c6970

/**
 * Does something while no other process that uses this database does the same (the same `number`); the others wait. Takes
 * one connection of the pool for as long as it lasts. A process that is killed lets go with its connection.
 */
export async function whileAlone<Tables, Result>(
  db: Kysely<Tables>,
  { number, work }: { number: number; work: () => Promise<Result> },
): Promise<Result> {
  return db.connection().execute(async (connection) => {
    await sql`select pg_advisory_lock(${ours}, ${number})`.execute(connection)
    try {
      return await work()
    } finally {
      await sql`select pg_advisory_unlock(${ours}, ${number})`.execute(connection)
    }
  })
}

/** From here until `tx` ends, no other process is past the same point with the same `number`; the others wait. */
export async function aloneUntilCommit<Tables>(tx: Transaction<Tables>, number: number): Promise<void> {
  await sql`select pg_advisory_xact_lock(${ours}, ${number})`.execute(tx)
}
