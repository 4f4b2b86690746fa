import { takeSample } from '../../library/metrics-history.store.ts'
import type { Logger } from '../../observability/logger.ts'
import type { Pipeline } from '../../pipeline/open-pipeline.ts'
import type { RequestSummary } from '../metrics/request-figures.ts'
import { type Instruments, measureDashboard } from './measure-dashboard.ts'
import { figuresOf } from './series.ts'

interface SamplerOptions {
  pipeline: Pick<Pipeline, 'database'>
  instruments: Instruments
  retentionHours: number
  logger: Logger
}

const minuteMs = 60_000
// Within a minute by every clock of the machines that may take part.
const intoMinuteMs = 2000

/** Keeps the figures of every minute. Of several servers on one database one does it, whichever comes first. */
export class Sampler {
  readonly #options: SamplerOptions
  #before: RequestSummary | null = null
  #timer: NodeJS.Timeout | null = null
  #sampling: Promise<unknown> = Promise.resolve()

  constructor(options: SamplerOptions) {
    this.#options = options
  }

  start(): void {
    const untilNext = minuteMs - (Date.now() % minuteMs) + intoMinuteMs
    this.#timer = setTimeout(() => {
      this.#sampling = this.sample().catch((error: unknown) =>
        this.#options.logger.warn({ err: error }, 'the figures of this minute could not be kept'),
      )
      this.start()
    }, untilNext).unref()
  }

  /** Keeps the figures of this minute, unless that is done. Says whether it did. */
  async sample(): Promise<boolean> {
    const { pipeline, instruments, retentionHours } = this.#options
    await instruments.scales.walk()
    const before = this.#before
    this.#before = instruments.requests.summary()
    return takeSample(pipeline.database.kysely, {
      retentionHours,
      measure: async (tx) => figuresOf(await measureDashboard(tx, instruments), before),
    })
  }

  async stop(): Promise<void> {
    if (this.#timer !== null) clearTimeout(this.#timer)
    await this.#sampling
  }
}
