import { randomUUID } from 'node:crypto'
import { type Kysely, sql, type Transaction } from 'kysely'
import { fromKysely, PgBoss } from 'pg-boss'
import { z } from 'zod'
import type { Tables } from '../database/tables.ts'
import { whileAlone } from '../database/while-alone.ts'
import type { ErrorRecord } from '../domain/app-error.ts'
import type { Logger } from '../observability/logger.ts'
import { bossConnection } from './boss-connection.ts'
import { type ClaimedJob, ClaimLost } from './claimed-job.ts'
import type { JobDefinition } from './define-job.ts'
import { jobOptions } from './job-options.ts'
import { cancelling, type JobToSend, sending, telling } from './job-statements.ts'
import { deadLetters, queueChannel, queueSchema } from './queue-schema.ts'
import { Supervision } from './supervision.ts'

const startLock = 3

const jobTable = sql.table(`${queueSchema}.job`)

// Tries in all of a job whose processes die, less the first.
const mostForgiven = 5

/**
 * Our one door to pg-boss. It knows jobs, not what they are about. Everything that takes a `tx` becomes true together
 * with what else that transaction does, or not at all.
 */
export class JobQueue {
  readonly #boss: PgBoss
  readonly #db: Kysely<Tables>
  readonly #definitions: readonly JobDefinition[]
  readonly #supervision: Supervision

  constructor({
    db,
    logger,
    definitions,
  }: { db: Kysely<Tables>; logger: Logger; definitions: readonly JobDefinition[] }) {
    this.#db = db
    this.#definitions = definitions
    this.#boss = new PgBoss({
      db: bossConnection(db),
      schema: queueSchema,
      schedule: false,
      // Ours knows when the living can't speak.
      supervise: false,
      superviseIntervalSeconds: 1,
      monitorIntervalSeconds: 1,
      persistWarnings: false,
    })
    this.#boss.on('error', (error) => logger.warn({ err: error }, 'the queue reported an error'))
    this.#supervision = new Supervision({
      look: () => this.#boss.supervise(),
      ask: async () => void (await sql`select`.execute(db)),
      logger,
    })
  }

  /** Makes or updates the queue's own tables and one queue for each kind of job. */
  async start(): Promise<void> {
    // Of two processes that make them at the same time one fails, and leaves a connection of its pool in a broken
    // transaction.
    await whileAlone(this.#db, { number: startLock, work: () => this.#start() })
    this.#supervision.start()
  }

  async #start(): Promise<void> {
    await this.#boss.start()
    const existing = new Set((await this.#boss.getQueues()).map(({ name }) => name))
    if (!existing.has(deadLetters)) await this.#boss.createQueue(deadLetters, { retentionSeconds: 365 * 24 * 3600 })
    for (const definition of this.#definitions) {
      if (!existing.has(definition.name)) {
        await this.#boss.createQueue(definition.name, {
          ...jobOptions(definition),
          notify: true,
          deadLetter: deadLetters,
        })
        // pg-boss learns of a queue when it first needs it, on a connection of its own. It must not need it inside a transaction of ours: that holds a
        // connection, and when every one of the pool is held so, each waits for the others.
        await this.#boss.touch(definition.name, { id: randomUUID(), retryCount: 0 })
      }
    }
  }

  async stop(): Promise<void> {
    await Promise.all([this.#supervision.stop(), this.#boss.stop({ graceful: false, close: false })])
  }

  /** Queues jobs when `tx` commits. */
  async send(tx: Transaction<Tables>, jobs: readonly JobToSend[]): Promise<void> {
    await sendJobs(tx, jobs)
  }

  /**
   * Ends an attempt that failed: `retry` when it will be tried again after a pause, `failed` when it went to the dead
   * letters with its error. @throws ClaimLost
   */
  async fail(
    tx: Transaction<Tables>,
    { job, error, retryAt }: { job: ClaimedJob; error: ErrorRecord; retryAt: 'backoff' | 'now' | 'never' },
  ): Promise<'retry' | 'failed'> {
    if (retryAt === 'never') await this.#spendRetries(tx, job)
    if (retryAt === 'now') await this.forgiveTry(tx, job)
    const response = await this.#boss.fail(job.name, attemptOf(job), error, { db: fromKysely(tx) })
    if (affected(response) !== 1) throw new ClaimLost(job)
    const state = await this.stateOf(tx, job)
    if (state !== 'retry') return 'failed'
    if (retryAt === 'now') await this.hurry(tx, job)
    return 'retry'
  }

  /** Puts a job back as if this attempt had not been. @throws ClaimLost */
  async giveBack(tx: Transaction<Tables>, job: ClaimedJob): Promise<void> {
    const { rows } = await sql`
      update ${jobTable} set state = 'created', started_on = null, heartbeat_on = null
      where name = ${job.name} and id = ${job.id} and state = 'active' and retry_count = ${job.retryCount}
      returning id`.execute(tx)
    if (rows.length !== 1) throw new ClaimLost(job)
    await this.wake(tx, job.name)
  }

  /** A try that ended with its process counts for nothing, up to a point: the third kill is no reason to give up, the sixth may be the job's own doing. */
  async forgiveTry(tx: Transaction<Tables>, { name, id }: { name: string; id: string }): Promise<void> {
    await sql`
      update ${jobTable} set retry_limit = retry_limit + 1
      where name = ${name} and id = ${id} and state in ('active', 'retry')
        and retry_limit < ${mostForgiven}`.execute(tx)
  }

  async #spendRetries(tx: Transaction<Tables>, { name, id, retryCount }: ClaimedJob): Promise<void> {
    await sql`
      update ${jobTable} set retry_limit = retry_count
      where name = ${name} and id = ${id} and state = 'active' and retry_count = ${retryCount}`.execute(tx)
  }

  /** Lets a job that waits for its next try be tried now. */
  async hurry(tx: Transaction<Tables>, { name, id }: { name: string; id: string }): Promise<void> {
    await sql`
      update ${jobTable} set start_after = now()
      where name = ${name} and id = ${id} and state = 'retry'`.execute(tx)
    await this.wake(tx, name)
  }

  /** What the queue thinks of a job; null when it is gone. */
  async stateOf(db: Kysely<Tables>, { name, id }: { name: string; id: string }): Promise<JobState | null> {
    const { rows } = await sql<{ state: JobState }>`
      select state from ${jobTable} where name = ${name} and id = ${id}`.execute(db)
    return rows[0]?.state ?? null
  }

  /** Kinds that have a job to be claimed now; `onlyGroup` as in `claim`. One statement, where a claim of each takes four. */
  async kindsWaiting(onlyGroup?: string): Promise<Set<string>> {
    const { rows } = await sql<{ name: string }>`
      select distinct name from ${jobTable}
      where state < 'active' and start_after <= now()
        ${onlyGroup === undefined ? sql`` : sql`and group_id = ${onlyGroup}`}`.execute(this.#db)
    return new Set(rows.map(({ name }) => name))
  }

  /** Cancels jobs that wait or are worked on. */
  async cancel(tx: Transaction<Tables>, jobs: { name: string; id: string }[]): Promise<void> {
    if (jobs.length > 0) await cancelling(jobs).execute(tx)
  }

  /** Wakes everyone who waits for jobs of a kind, when `tx` commits. */
  async wake(tx: Kysely<Tables>, name: string): Promise<void> {
    await sql`select pg_notify(${queueChannel}, ${name})`.execute(tx)
  }

  /** The LISTEN channel on which is said which queue has something new. */
  channel(): string {
    return queueChannel
  }
}

/** The same for who has no queue open. */
export async function sendJobs(tx: Kysely<Tables>, jobs: readonly JobToSend[]): Promise<void> {
  await sql`with sent as (${sending(jobs)}) select ${telling} from sent group by name`.execute(tx)
}

type JobState = 'created' | 'retry' | 'active' | 'completed' | 'cancelled' | 'failed'

function attemptOf({ id, retryCount }: { id: string; retryCount: number }) {
  return { id, retryCount }
}

function affected(response: unknown): number {
  return z.object({ affected: z.coerce.number() }).parse(response).affected
}
