import { setTimeout as sleep } from 'node:timers/promises'
import type { Kysely } from 'kysely'
import type { Tables } from '../../database/tables.ts'
import { findWaitingRuns } from '../../library/waiting-runs.store.ts'
import type { Logger } from '../../observability/logger.ts'
import { goOnWaiting } from './go-on-waiting.ts'

export interface WatchForWords {
  db: Kysely<Tables>
  logger: Logger
  /** Names what could give a recording words here and now. */
  wayToWords: (recording: { path: string }) => Promise<string>
}

// Soon enough for who has just downloaded a model, and little to do for a machine.
const lookMs = 5000
// Looked at in one go.
const mostRuns = 200

/**
 * Looks, at once and then every few seconds, whether something new on this machine could give words to the runs that wait for a transcript: a model
 * that was installed, a service that was set up before the start, a file beside the recording. Each run is tried once with each state of things, so
 * that two machines of which neither can hear don't hand it to and fro. Dispose it to end it.
 */
export function watchForWords({ db, logger, wayToWords }: WatchForWords): AsyncDisposable {
  const stop = new AbortController()
  const watching = watch()
  return {
    async [Symbol.asyncDispose]() {
      stop.abort()
      await watching
    },
  }

  async function watch(): Promise<void> {
    while (!stop.signal.aborted) {
      await look().catch((error: unknown) => logger.warn({ err: error }, 'could not look for words; trying again'))
      await sleep(lookMs, undefined, { signal: stop.signal, ref: false }).catch(() => undefined)
    }
  }

  async function look(): Promise<void> {
    for (const { runId, path, waysTried } of await findWaitingRuns(db, { limit: mostRuns })) {
      if (stop.signal.aborted || waysTried.includes(await wayToWords({ path }))) continue
      await db.transaction().execute((tx) => goOnWaiting(tx, runId))
      logger.info({ runId }, 'something new may give a run the words it waits for')
    }
  }
}
