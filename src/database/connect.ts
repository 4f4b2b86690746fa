import { Kysely, PostgresDialect } from 'kysely'
import { type ClientConfig, Pool } from 'pg'
import type { Logger } from '../observability/logger.ts'
import { columnTypes } from './column-types.ts'
import { watchQueries } from './count-queries.ts'
import type { Tables } from './tables.ts'

/** A database we are connected to. */
export interface Database {
  kysely: Kysely<Tables>
  pool: Pool
  /** For a connection outside the pool (LISTEN). Holds the password. */
  connection: ClientConfig
  /** Waits for the queries under way, closes every connection; the last one out stops the embedded server. */
  close(): Promise<void>
}

interface ConnectOptions {
  connection: ClientConfig
  poolSize: number
  logger: Logger
  /** Called after the pool has closed. */
  afterClose?: () => Promise<void>
}

/** A connection is made within milliseconds; waiting for a free one under load may take longer. */
const WAIT_FOR_CONNECTION_MS = 30_000

/** Opens the pool. Connections are made when they are needed, so this never fails and never waits. */
export function connect({ connection, poolSize, logger, afterClose }: ConnectOptions): Database {
  const ours: ClientConfig = { application_name: 'clipwright', keepAlive: true, ...connection, types: columnTypes }
  const pool = new Pool({ ...ours, max: poolSize, connectionTimeoutMillis: WAIT_FOR_CONNECTION_MS })
  // an idle connection that breaks is thrown away by the pool; without a listener it would end our process
  pool.on('error', (error) => {
    // one that is being closed may still hear that the server goes down
    if (!pool.ending) logger.warn({ err: error }, 'a database connection was lost')
  })
  const kysely = new Kysely<Tables>({ dialect: new PostgresDialect({ pool }), log: watchQueries(logger) })
  let closing: Promise<void> | undefined
  const close = async () => {
    await kysely.destroy()
    if (!pool.ended) await pool.end() // kysely ends a pool only when it has used it
    await afterClose?.()
  }
  return { kysely, pool, connection: ours, close: () => (closing ??= close()) }
}
