import { setTimeout as pause } from 'node:timers/promises'
import type { Kysely } from 'kysely'
import type { Tables } from '../../database/tables.ts'
import { databaseTime } from '../../library/model-calls.store.ts'

/** Time as quotas and the breaker count it. */
export interface Clock {
  now(db: Kysely<Tables>): Promise<Date>
  /** @throws what `signal` was aborted with */
  sleep(seconds: number, signal: AbortSignal): Promise<void>
}

/** The clock of the database, so that machines whose clocks differ agree. */
export const sharedClock: Clock = {
  now: databaseTime,
  async sleep(seconds, signal) {
    signal.throwIfAborted()
    // The pause fails in words of its own; whoever aborted says why.
    await pause(seconds * 1000, undefined, { signal }).catch(() => undefined)
    signal.throwIfAborted()
  },
}
