import { setTimeout as sleep } from 'node:timers/promises'
import type { Logger } from '../observability/logger.ts'

interface SupervisionOptions {
  /** One look over all jobs: those whose worker has fallen silent or takes too long are given to another one. */
  look: () => Promise<void>
  /** Asks the database for something cheap. */
  ask: () => Promise<void>
  logger: Logger
  /** Another one in tests, milliseconds. */
  now?: () => number
}

// Together with the ten seconds of silence, this gives a lost job to another worker within 15 s.
const everyMs = 1000
// Not looked for so long: the machine slept, or stood still; or its clock was set.
const gapMs = 5000
// Longer than a worker needs to say that it lives, which it does every three seconds.
const graceMs = 10_000

/**
 * Looks over the jobs once a second. While the database was away no worker could say that it lives, and all of them look dead when it is back: nobody
 * is given up then before the living have had the time to speak. The same at the start, and after this machine has slept.
 */
export class Supervision {
  readonly #options: SupervisionOptions
  readonly #now: () => number
  readonly #stop = new AbortController()
  #loop: Promise<void> = Promise.resolve()
  #isAway = false
  // The first look counts as one after a pause: whoever begins does not know whether the database was away until now.
  #lastTick = Number.NEGATIVE_INFINITY
  #quietUntil = Number.NEGATIVE_INFINITY

  constructor(options: SupervisionOptions) {
    this.#options = options
    // Not `performance.now()`, which stands still while a machine sleeps.
    this.#now = options.now ?? Date.now
  }

  start(): void {
    this.#loop = this.#work()
  }

  /** Resolves when no look is under way any more. */
  async stop(): Promise<void> {
    this.#stop.abort()
    await this.#loop
  }

  /** What happens each second. Never throws. */
  async tick(): Promise<void> {
    const now = this.#now()
    if (Math.abs(now - this.#lastTick) > gapMs) this.#quietUntil = now + graceMs
    try {
      if (this.#isAway) await this.#comeBack()
      if (this.#now() >= this.#quietUntil) await this.#options.look()
    } catch (error) {
      if (!this.#isAway) this.#options.logger.warn({ err: error }, 'could not look after the queue; trying again')
      this.#isAway = true
    }
    this.#lastTick = this.#now()
  }

  async #comeBack(): Promise<void> {
    await this.#options.ask()
    this.#isAway = false
    this.#quietUntil = this.#now() + graceMs
  }

  async #work(): Promise<void> {
    const { signal } = this.#stop
    while (!signal.aborted) {
      await this.tick()
      await sleep(everyMs, undefined, { signal }).catch(() => undefined)
    }
  }
}
