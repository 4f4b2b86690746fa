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
  /** Shorter in tests. */
  pauseMs?: number
}

// Soon enough for who has just downloaded a model, and little to do for a machine.
const lookMs = 5000
// Looked at in one go; where there are more, each look takes the next ones.
const mostRuns = 200

/**
 * Looks, at once and then every few seconds, whether something new on this machine could give words to the runs that wait for a transcript: a model
 * that was installed, a service that was set up before the start, a file beside the recording. Each run is tried once with each state of things, so
 * that two machines of which neither can hear don't hand it to and fro. Dispose it to end it.
 */
export function watchForWords({ db, logger, wayToWords, pauseMs = lookMs }: WatchForWords): AsyncDisposable {
  const stop = new AbortController()
  let after: string | undefined
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
      await sleep(pauseMs, undefined, { signal: stop.signal, ref: false }).catch(() => undefined)
    }
  }

  async function look(): Promise<void> {
    const waiting = await findWaitingRuns(db, { after, limit: mostRuns })
    after = waiting.length < mostRuns ? undefined : waiting.at(-1)?.runId
    for (const { runId, path, waysTried } of waiting) {
      if (stop.signal.aborted || waysTried.includes(await wayToWords({ path }))) continue
      await db.transaction().execute((tx) => goOnWaiting(tx, runId))
      logger.info({ runId }, 'something new may give a run the words it waits for')
    }
  }
}
