import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { temporaryDatabase } from '../../test/support/temporary-database.ts'
import type { Database } from '../database/connect.ts'
import { createLogger } from '../observability/logger.ts'
import { defineJob } from './define-job.ts'
import { JobQueue } from './job-queue.ts'
import { claiming } from './job-statements.ts'

const cut = defineJob({ name: 'cut' })
let database: Database
let queue: JobQueue

beforeAll(async () => {
  database = await temporaryDatabase()
  queue = new JobQueue({ db: database.kysely, logger: createLogger('silent'), definitions: [cut] })
  await queue.start()
})
afterAll(async () => {
  await queue.stop()
  await database.close()
})

it("takes a time to expire that is no whole number of seconds, as a recording's length is none", async () => {
  const [id, stepId] = [randomUUID(), randomUUID()]
  await database.kysely
    .transaction()
    .execute((tx) =>
      queue.send(tx, [{ definition: cut, id, group: 'run', payload: { stepId }, expireInSeconds: 3620.068 }]),
    )
  expect(await queue.stateOf(database.kysely, { name: 'cut', id })).toBe('created')
})

it('fails a job inside a transaction without a second connection, also on a database that was never used', async () => {
  const crowded = await temporaryDatabase({ poolSize: 2 })
  const fresh = new JobQueue({ db: crowded.kysely, logger: createLogger('silent'), definitions: [cut] })
  await fresh.start()
  // Its housekeeping is another one's business: no connection is left but the transaction's own.
  await fresh.stop()
  const job = { name: 'cut', id: randomUUID(), retryCount: 0 }
  const error = { code: 'BROKEN', message: 'It is broken.', retry: 'never' } as const
  const fate = await crowded.kysely.connection().execute(() =>
    crowded.kysely.transaction().execute(async (tx) => {
      await fresh.send(tx, [{ definition: cut, id: job.id, group: 'run', payload: { stepId: randomUUID() } }])
      await claiming(new Map([['cut', 1]])).execute(tx)
      return fresh.fail(tx, { job, error, retryAt: 'never' })
    }),
  )
  expect(fate).toBe('failed')
  await crowded.close()
})
