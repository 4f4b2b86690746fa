import { randomUUID } from 'node:crypto'
import { performance } from 'node:perf_hooks'
import type { Pool } from 'pg'
import { PgBoss } from 'pg-boss'

/** pg-boss as its manual shows it, on the same server: what our engine is measured against. */
export interface RawQueue extends AsyncDisposable {
  /** Milliseconds of send, fetch and complete of one job, one after the other. */
  roundTrip(): Promise<number>
  /** Sends so many jobs, then fetches and completes them one by one in so many loops: seconds from first fetch to last completion. */
  drain(jobs: number, loops: number): Promise<number>
  /** The same, but only so many jobs as loops wait at first, and each that is completed sends the next one, as steps do: seconds. */
  chain(jobs: number, loops: number): Promise<number>
}

const name = 'raw'

/** The same options as our own queues have, so that the same work is asked of the database. */
export async function rawQueue(pool: Pool): Promise<RawQueue> {
  const boss = new PgBoss({
    db: { executeSql: (text, values) => pool.query(text, values) },
    schema: 'raw_boss',
    schedule: false,
    supervise: false,
  })
  await boss.start()
  await boss.createQueue(name, { retryLimit: 2, retryBackoff: true, heartbeatSeconds: 10, notify: true })

  async function takeOne(): Promise<boolean> {
    const [job] = await boss.fetch(name)
    if (!job) return false
    await boss.complete(name, job.id)
    return true
  }

  return {
    async roundTrip() {
      const startedAt = performance.now()
      await boss.send(name, { stepId: randomUUID() })
      if (!(await takeOne())) throw new Error('The job was not there.')
      return performance.now() - startedAt
    },
    async drain(jobs, loops) {
      await boss.insert(
        name,
        Array.from({ length: jobs }, () => ({ data: { stepId: randomUUID() } })),
      )
      const startedAt = performance.now()
      await Promise.all(
        Array.from({ length: loops }, async () => {
          while (await takeOne());
        }),
      )
      return (performance.now() - startedAt) / 1000
    },
    async chain(jobs, loops) {
      let toSend = jobs
      const send = async () => {
        if (toSend-- > 0) await boss.send(name, { stepId: randomUUID() })
      }
      await Promise.all(Array.from({ length: loops }, send))
      const startedAt = performance.now()
      await Promise.all(
        Array.from({ length: loops }, async () => {
          while (await takeOne()) await send()
        }),
      )
      return (performance.now() - startedAt) / 1000
    },
    [Symbol.asyncDispose]: () => boss.stop({ graceful: false, close: false }),
  }
}
