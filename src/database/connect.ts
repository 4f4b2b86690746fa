import { Kysely, PostgresDialect } from 'kysely'
import { type ClientConfig, Pool } from 'pg'
import type { Logger } from '../observability/logger.ts'
import { columnTypes } from './column-types.ts'
import { watchQueries } from './count-queries.ts'
import { DatabaseUse } from './database-use.ts'
import { QueryExplainer } from './explain-query.ts'
import { prepareMarked } from './prepared.ts'
import type { Tables } from './tables.ts'
import { watchPool } from './watch-pool.ts'

/** A database we are connected to. */
export interface Database {
  kysely: Kysely<Tables>
  pool: Pool
  /** For a connection outside the pool (LISTEN). Holds the password. */
  connection: ClientConfig
  /** What this process asks of it. */
  use: DatabaseUse
  /** Waits for the queries under way, closes every connection; the last one out stops the embedded server. */
  close(): Promise<void>
}

interface ConnectOptions {
  connection: ClientConfig
  poolSize: number
  logger: Logger
  /** Milliseconds from which on a query is logged as slow. */
  slowQueryMs?: number | undefined
  /** Called after the pool has closed. */
  afterClose?: () => Promise<void>
}

/** A connection is made within milliseconds; waiting for a free one under load may take longer. */
const WAIT_FOR_CONNECTION_MS = 30_000

/** Opens the pool. Connections are made when they are needed, so this never fails and never waits. */
export function connect({
  connection,
  poolSize,
  logger,
  slowQueryMs: slowMs = 100,
  afterClose,
}: ConnectOptions): Database {
  const ours: ClientConfig = { application_name: 'clipwright', keepAlive: true, ...connection, types: columnTypes }
  const pool = new Pool({ ...ours, max: poolSize, connectionTimeoutMillis: WAIT_FOR_CONNECTION_MS })
  // an idle connection that breaks is thrown away by the pool; without a listener it would end our process
  pool.on('error', (error) => {
    // one that is being closed may still hear that the server goes down
    if (!pool.ending) logger.warn({ err: error }, 'a database connection was lost')
  })
  pool.on('connect', (client) => {
    prepareMarked(client)
    // The same for one that breaks in somebody's hands between two statements: the next one tells them.
    client.on('error', () => undefined)
  })
  const use = new DatabaseUse()
  const explainer = new QueryExplainer(ours)
  const kysely = new Kysely<Tables>({
    dialect: new PostgresDialect({ pool: watchPool(pool, use) }),
    log: watchQueries({ logger, use, slowMs, planOf: (query) => explainer.planOf(query) }),
  })
  let closing: Promise<void> | undefined
  const close = async () => {
    await kysely.destroy()
    if (!pool.ended) await pool.end() // kysely ends a pool only when it has used it
    await explainer.idle()
    await afterClose?.()
  }
  return { kysely, pool, connection: ours, use, close: () => (closing ??= close()) }
}
