import { AsyncLocalStorage } from 'node:async_hooks'
import type { LogEvent } from 'kysely'
import type { Logger } from '../observability/logger.ts'

/** Queries that were run for something, so far. */
export interface QueryCount {
  count: number
}

/** Who runs something in here learns how many queries it took, over all it waits for. */
export const queryCounts = new AsyncLocalStorage<QueryCount>()

// Milliseconds.
const slowQuery = 100

/**
 * Counts every query, and logs those that took over 0.1 s with their statement, never with what was filled in: as a warning where somebody waits
 * for an answer, else (a worker, the queue's own housekeeping on a busy machine) as information.
 */
export function watchQueries(logger: Logger): (event: LogEvent) => void {
  return ({ query, queryDurationMillis }) => {
    const counted = queryCounts.getStore()
    if (counted !== undefined) counted.count += 1
    if (queryDurationMillis <= slowQuery) return
    const facts = { ms: Math.round(queryDurationMillis), sql: query.sql.replace(/\s+/g, ' ').trim() }
    logger[counted === undefined ? 'info' : 'warn'](facts, 'a query was slow')
  }
}
