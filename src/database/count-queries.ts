import { AsyncLocalStorage } from 'node:async_hooks'
import type { CompiledQuery, LogEvent } from 'kysely'
import type { Logger } from '../observability/logger.ts'
import { queueSchema } from '../queue/queue-schema.ts'
import type { DatabaseUse } from './database-use.ts'

/** Queries that were run for something, so far. */
export interface QueryCount {
  count: number
}

/** Who runs something in here learns how many queries it took, over all it waits for. */
export const queryCounts = new AsyncLocalStorage<QueryCount>()

interface WatchOptions {
  logger: Logger
  use: DatabaseUse
  /** Milliseconds from which on a query is slow. */
  slowMs: number
  /** The plan of a slow query; null where it is not to be had. */
  planOf: (query: Pick<CompiledQuery, 'sql' | 'parameters'>) => Promise<readonly string[] | null>
}

/**
 * Counts every query, and logs slow ones with their statement and plan, never with what was filled in: as a warning, but for the housekeeping of
 * the queue and the ends of transactions, which are slow on any busy machine; those warn only where a request waits for them.
 */
export function watchQueries({ logger, use, slowMs, planOf }: WatchOptions): (event: LogEvent) => void {
  return ({ query, queryDurationMillis }) => {
    const counted = queryCounts.getStore()
    if (counted !== undefined) counted.count += 1
    use.query(queryDurationMillis)
    if (queryDurationMillis < slowMs || waitsByDesign(query.sql)) return
    use.slowQuery()
    const level = counted !== undefined || isOurs(query.sql) ? 'warn' : 'info'
    const facts = { ms: Math.round(queryDurationMillis), sql: inShort(query.sql) }
    // What it takes to find that out is no query of who asked.
    void queryCounts
      .exit(() => planOf(query))
      .then((plan) => logger[level]({ ...facts, ...(plan && { plan }) }, 'a query was slow'))
  }
}

// A thousand rows that are stored at once are fifty thousand characters of placeholders.
const longestStatement = 2000

function inShort(statement: string): string {
  const text = statement.replace(/\s+/g, ' ').trim()
  return text.length > longestStatement ? `${text.slice(0, longestStatement)}…` : text
}

/** A lock that another process holds is waited for; no plan would be better. */
function waitsByDesign(statement: string): boolean {
  return /\bpg_advisory_(xact_)?lock/.test(statement)
}

const housekeeping = new RegExp(`^\\s*(begin|commit|rollback|start transaction)\\b|\\b"?${queueSchema}"?\\.`, 'i')

function isOurs(statement: string): boolean {
  return !housekeeping.test(statement)
}
