import { setTimeout as sleep } from 'node:timers/promises'
import { isNotReady } from '../../database/not-ready.ts'

const pauseMs = 1000

/**
 * Does something once more, each second, as long as the database is away: what took an hour is not thrown away for half a minute. It must bear to be
 * done again though it was done, for the answer may be what was lost. @throws the signal's reason when aborted meanwhile
 */
export async function untilAnswered<T>(work: () => Promise<T>, signal: AbortSignal): Promise<T> {
  for (;;) {
    try {
      return await work()
    } catch (error) {
      if (!isNotReady(error)) throw error
      await sleep(pauseMs, undefined, { signal }).catch(() => signal.throwIfAborted())
    }
  }
}
