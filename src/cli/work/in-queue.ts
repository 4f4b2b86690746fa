import type { Kysely } from 'kysely'
import type { Tables } from '../../database/tables.ts'
import { createLogger } from '../../observability/logger.ts'
import { jobs } from '../../pipeline/flow.ts'
import { JobQueue } from '../../queue/job-queue.ts'
import { readStoreOptions } from '../learn/feedback-options.ts'
import { type Said, withLibrary } from '../with-library.ts'

interface Queued {
  db: Kysely<Tables>
  queue: JobQueue
}

/** Runs a command on the queue, without workers, and prints what it says. Returns the exit status. */
export async function inQueue(options: object, work: (parts: Queued) => Promise<Said>): Promise<number> {
  return withLibrary(readStoreOptions(options), async (db) => {
    const queue = new JobQueue({ db, logger: createLogger('silent'), definitions: Object.values(jobs) })
    try {
      await queue.start()
      return await work({ db, queue })
    } finally {
      await queue.stop()
    }
  })
}
