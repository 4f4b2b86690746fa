import { Histogram, type Registry } from 'prom-client'

/** How requests went: for `/metrics` all of them since the start, for the dashboard the newest. */
export interface RequestSummary {
  /** Since the start. */
  requests: number
  /** Answered 304, since the start. */
  notModified: number
  /** Answered 5xx, since the start. */
  broken: number
  /** Of the newest thousand, milliseconds; null before the first. */
  p50: number | null
  p95: number | null
}

interface AnsweredRequest {
  method: string
  /** As the route is written, `/runs/:id`; never as it was asked for, else every address would be a figure of its own. */
  route: string
  status: number
  milliseconds: number
}

const newestKept = 1000

export class RequestFigures {
  readonly #durations: Histogram
  readonly #newest: number[] = []
  #requests = 0
  #notModified = 0
  #broken = 0

  constructor(registry: Registry) {
    this.#durations = new Histogram({
      registers: [registry],
      name: 'clipwright_http_request_duration_seconds',
      help: 'Time from a request until its answer was ready.',
      labelNames: ['method', 'route', 'status'],
      buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5],
    })
  }

  add({ method, route, status, milliseconds }: AnsweredRequest): void {
    this.#durations.observe({ method, route, status: String(status) }, milliseconds / 1000)
    this.#newest[this.#requests % newestKept] = milliseconds
    this.#requests += 1
    if (status === 304) this.#notModified += 1
    if (status >= 500) this.#broken += 1
  }

  summary(): RequestSummary {
    const sorted = this.#newest.toSorted((a, b) => a - b)
    const at = (share: number) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? null
    return {
      requests: this.#requests,
      notModified: this.#notModified,
      broken: this.#broken,
      p50: at(0.5),
      p95: at(0.95),
    }
  }
}
