import { type Kysely, sql } from 'kysely'
import { fromKysely } from 'pg-boss'
import { inTurn } from '../database/in-turn.ts'
import type { Tables } from '../database/tables.ts'

type BossConnection = ReturnType<typeof fromKysely>

/**
 * What pg-boss sends its statements through when they are not part of a transaction of ours: one at a time.
 *
 * It sends whole transactions as one text (BEGIN; …; COMMIT;). When one fails half-way nobody ends it, and its connection would go back to the pool
 * broken: whatever comes next on it fails with "current transaction is aborted".
 */
export function bossConnection(db: Kysely<Tables>): BossConnection {
  const turn = inTurn()
  return {
    executeSql: (text, values) =>
      turn(() =>
        db.connection().execute(async (connection) => {
          try {
            return await fromKysely(connection).executeSql(text, values)
          } catch (error) {
            await sql`rollback`.execute(connection).catch(() => undefined)
            throw error
          }
        }),
      ),
  }
}
