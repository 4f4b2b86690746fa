import { sql } from 'kysely'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { temporaryDatabase } from '../../test/support/temporary-database.ts'
import type { Database } from './connect.ts'
import { prepared } from './prepared.ts'

let database: Database
beforeAll(async () => {
  database = await temporaryDatabase({ migrated: false })
})
afterAll(() => database.close())

it('lets each connection plan a marked statement once, and leaves others alone', async () => {
  const answers = await database.kysely.connection().execute(async (connection) => {
    const doubled = async (value: number) =>
      (await sql<{ twice: number }>`${prepared} select ${value}::int * 2 as twice`.execute(connection)).rows[0]?.twice
    const values = [await doubled(1), await doubled(21)]
    await sql`select ${3}::int as unmarked`.execute(connection)
    const { rows } = await sql<{ statement: string; times: number }>`
      select statement, (generic_plans + custom_plans)::int as times from pg_prepared_statements`.execute(connection)
    return { values, rows }
  })
  expect(answers.values).toEqual([2, 42])
  expect(answers.rows).toEqual([{ statement: expect.stringContaining('* 2 as twice'), times: 2 }])
})

it('goes on after a marked statement that failed, and in a transaction that was rolled back', async () => {
  const ratio = (by: number) => sql<{ ratio: number }>`${prepared} select 6 / ${by}::int as ratio`
  await database.kysely.connection().execute(async (connection) => {
    await expect(ratio(0).execute(connection)).rejects.toMatchObject({ code: '22012' })
    expect((await ratio(2).execute(connection)).rows).toEqual([{ ratio: 3 }])
    const rolledBack = connection.transaction().execute(async (tx) => {
      await sql`${prepared} select ${1}::int + 1`.execute(tx)
      await ratio(0).execute(tx)
    })
    await expect(rolledBack).rejects.toMatchObject({ code: '22012' })
    expect((await ratio(3).execute(connection)).rows).toEqual([{ ratio: 2 }])
    await expect(sql`${prepared} select ${1}::int + 1`.execute(connection)).resolves.toMatchObject({ rows: [{}] })
  })
})
