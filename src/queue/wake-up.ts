import type { ClientConfig } from 'pg'
import { Client } from 'pg'
import type { Logger } from '../observability/logger.ts'

// When the listener is down, looking once a second is what keeps work moving.
const pollMs = 1000

/**
 * Wakes a loop when there may be something to do: at a notification, when asked to, and once a second in case a
 * notification was lost. A broken connection is opened again by itself; meanwhile the polling carries on.
 */
export class WakeUp {
  readonly #connection: ClientConfig
  readonly #channels: readonly string[]
  readonly #onNotification: (channel: string, payload: string) => void
  readonly #logger: Logger
  #client: Client | null = null
  #closed = false
  #pending = false
  #ring: (() => void) | null = null

  constructor(options: {
    connection: ClientConfig
    channels: readonly string[]
    onNotification: (channel: string, payload: string) => void
    logger: Logger
  }) {
    this.#connection = options.connection
    this.#channels = options.channels
    this.#onNotification = options.onNotification
    this.#logger = options.logger
  }

  async start(): Promise<void> {
    await this.#connect()
  }

  async close(): Promise<void> {
    this.#closed = true
    this.wake()
    const client = this.#client
    this.#client = null
    await client?.end()
  }

  /** Ends the wait under way, or the next one. */
  wake(): void {
    this.#pending = true
    this.#ring?.()
  }

  /** Resolves `notified` at a wake-up, `elapsed` after a second without one. */
  async wait(): Promise<'notified' | 'elapsed'> {
    if (!this.#pending && !this.#closed) {
      const { promise, resolve } = Promise.withResolvers<void>()
      const timer = setTimeout(resolve, pollMs)
      this.#ring = resolve
      await promise
      clearTimeout(timer)
      this.#ring = null
    }
    const notified = this.#pending
    this.#pending = false
    return notified ? 'notified' : 'elapsed'
  }

  async #connect(): Promise<void> {
    const client = new Client(this.#connection)
    client.on('notification', ({ channel, payload }) => this.#onNotification(channel, payload ?? ''))
    client.on('error', (error) => this.#reconnect(client, error))
    client.on('end', () => this.#reconnect(client, new Error('the connection ended')))
    await client.connect()
    for (const channel of this.#channels) await client.query(`listen ${client.escapeIdentifier(channel)}`)
    this.#client = client
  }

  #reconnect(client: Client, cause: Error): void {
    if (this.#closed || this.#client !== client) return
    this.#client = null
    this.#logger.warn({ err: cause }, 'lost the notification connection; polling until it is back')
    const again = (): void => {
      if (this.#closed) return
      this.#connect().catch(() => setTimeout(again, pollMs).unref())
    }
    setTimeout(again, pollMs).unref()
  }
}
