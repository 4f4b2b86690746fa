import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { temporaryDatabase } from '../../test/support/temporary-database.ts'
import type { Database } from '../database/connect.ts'
import { createLogger } from '../observability/logger.ts'
import { defineJob } from './define-job.ts'
import { JobQueue } from './job-queue.ts'

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
