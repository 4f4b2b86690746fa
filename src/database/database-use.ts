import { Counter, Histogram, Registry } from 'prom-client'

const seconds = [0.001, 0.005, 0.01, 0.05, 0.1, 0.5, 1, 5, 30]

/** How much a process asks of its database, for `/metrics`: its queries, and how long they wait for a connection of the pool. */
export class DatabaseUse {
  readonly registry = new Registry()
  readonly #queries: Histogram
  readonly #slow: Counter
  readonly #waits: Histogram
  /** The longest of each second, by the second modulo a minute. */
  readonly #longest: { second: number; milliseconds: number }[] = []

  constructor() {
    const registers = [this.registry]
    this.#queries = new Histogram({
      registers,
      name: 'clipwright_database_query_duration_seconds',
      help: 'Time of every query, without the wait for a connection.',
      buckets: seconds,
    })
    this.#slow = new Counter({
      registers,
      name: 'clipwright_database_slow_queries_total',
      help: 'Queries that took longer than SLOW_QUERY_MS.',
    })
    this.#waits = new Histogram({
      registers,
      name: 'clipwright_database_pool_wait_seconds',
      help: 'Time until a connection of the pool was free, or made.',
      buckets: seconds,
    })
  }

  query(milliseconds: number): void {
    this.#queries.observe(milliseconds / 1000)
  }

  slowQuery(): void {
    this.#slow.inc()
  }

  wait(milliseconds: number): void {
    this.#waits.observe(milliseconds / 1000)
    const second = Math.floor(performance.now() / 1000)
    const before = this.#longest[second % 60]
    if (before?.second !== second) this.#longest[second % 60] = { second, milliseconds }
    else before.milliseconds = Math.max(before.milliseconds, milliseconds)
  }

  /** The longest wait for a connection in the last minute, milliseconds. */
  longestWait(): number {
    const since = performance.now() / 1000 - 60
    return Math.max(0, ...this.#longest.filter(({ second }) => second > since).map((each) => each.milliseconds))
  }
}
