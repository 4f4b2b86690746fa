import type { Kysely } from 'kysely'
import type { Tables } from '../../database/tables.ts'
import { listEvents, newestEventId, type StoredEvent } from '../../library/events.store.ts'
import type { Logger } from '../../observability/logger.ts'
import { listWork, type WorkItem } from '../../pipeline/control/list-work.ts'

// Progress is stored four times a second; a person sees no more than two.
const lookMs = 500
const mostEvents = 500
const mostRuns = 50

export interface Listener {
  /** Things that happened, in order. */
  onEvents: (events: readonly StoredEvent[]) => void
  /** All runs that have not ended, whenever one of them has changed. */
  onRuns: (runs: readonly WorkItem[]) => void
}

/**
 * Looks at the database for everyone who listens at once: two queries a look, however many listen, and none when nobody does. What happened before
 * somebody came is not told; see `listEvents`.
 */
export class LiveFeed {
  readonly #db: Kysely<Tables>
  readonly #logger: Logger
  readonly #listeners = new Set<Listener>()
  #timer: NodeJS.Timeout | null = null
  #looking = false
  #lastEvent = 0
  #lastRuns = ''

  constructor({ db, logger }: { db: Kysely<Tables>; logger: Logger }) {
    this.#db = db
    this.#logger = logger
  }

  /** From now on; returns what ends it. `since` is the last event that was told before. */
  async listen(listener: Listener): Promise<{ since: number; end: () => void }> {
    if (this.#listeners.size === 0) {
      this.#lastEvent = await newestEventId(this.#db)
      this.#lastRuns = ''
    }
    this.#listeners.add(listener)
    this.#timer ??= setInterval(() => void this.#look(), lookMs)
    const end = (): void => {
      this.#listeners.delete(listener)
      if (this.#listeners.size === 0) this.close()
    }
    try {
      listener.onRuns(await this.#runs())
    } catch (error) {
      end()
      throw error
    }
    return { since: this.#lastEvent, end }
  }

  close(): void {
    if (this.#timer) clearInterval(this.#timer)
    this.#timer = null
    this.#listeners.clear()
  }

  async #look(): Promise<void> {
    // A slow database is not asked again before it has answered.
    if (this.#looking) return
    this.#looking = true
    try {
      const events = await listEvents(this.#db, { after: this.#lastEvent, limit: mostEvents })
      this.#lastEvent = events.at(-1)?.id ?? this.#lastEvent
      if (events.length > 0) for (const { onEvents } of this.#listeners) onEvents(events)
      const runs = await this.#runs()
      const text = JSON.stringify(runs)
      if (text !== this.#lastRuns) for (const { onRuns } of this.#listeners) onRuns(runs)
      this.#lastRuns = text
    } catch (error) {
      this.#logger.warn({ err: error }, 'could not look for what is new; trying again')
    } finally {
      this.#looking = false
    }
  }

  async #runs(): Promise<WorkItem[]> {
    return (await listWork(this.#db, { status: ['working', 'needs-transcript'], limit: mostRuns })).items
  }
}
