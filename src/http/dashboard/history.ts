import type { MetricSample } from '../../library/metrics-history.store.ts'
import { series, type Unit } from './series.ts'

/** Series over the same points in time. */
export interface HistoryView {
  /** Minutes that one point stands for; its values are their means. */
  minutesPerPoint: number
  /** Where each point begins. */
  at: Date[]
  /** Null where nothing was measured: the server was off. */
  series: { name: string; unit: Unit; values: (number | null)[] }[]
}

// More could not be told apart in a chart.
const mostPoints = 240
const minute = 60_000

/** What was measured each minute, held in memory so that every look at it is free. */
export class History {
  #samples: MetricSample[] = []
  #views = new Map<number, HistoryView>()

  /** The newest minute that is held; the beginning of time when none is. */
  get newest(): Date {
    return this.#samples.at(-1)?.minute ?? new Date(0)
  }

  /** Adds what was measured after `newest`, and forgets what is older than the retention. */
  add(samples: readonly MetricSample[], { now, retentionHours }: { now: Date; retentionHours: number }): void {
    const oldest = now.getTime() - retentionHours * 60 * minute
    this.#samples.push(...samples)
    this.#samples = this.#samples.filter((sample) => sample.minute.getTime() >= oldest)
    this.#views.clear()
  }

  clear(): void {
    this.#samples = []
    this.#views.clear()
  }

  /** The last hours up to now, in at most 240 points. */
  view({ hours, now }: { hours: number; now: Date }): HistoryView {
    const held = this.#views.get(hours)
    if (held !== undefined) return held
    const view = divide(this.#samples, { hours, now })
    this.#views.set(hours, view)
    return view
  }
}

function divide(samples: readonly MetricSample[], { hours, now }: { hours: number; now: Date }): HistoryView {
  const minutesPerPoint = Math.max(1, Math.ceil((hours * 60) / mostPoints))
  const width = minutesPerPoint * minute
  // Points begin at whole multiples of their width, so that they stay the same from one look to the next.
  const last = Math.floor(now.getTime() / width)
  const count = Math.ceil((hours * 60) / minutesPerPoint)
  const first = last - count + 1
  const points = Array.from({ length: count }, () => new Map<string, { sum: number; count: number }>())
  for (const { minute: at, figures } of samples) {
    const point = points[Math.floor(at.getTime() / width) - first]
    if (point === undefined) continue
    for (const [name, value] of Object.entries(figures)) {
      const held = point.get(name)
      if (held === undefined) point.set(name, { sum: value, count: 1 })
      else {
        held.sum += value
        held.count += 1
      }
    }
  }
  const mean = (point: (typeof points)[number], name: string) => {
    const held = point.get(name)
    return held === undefined ? null : Math.round((held.sum / held.count) * 1000) / 1000
  }
  return {
    minutesPerPoint,
    at: points.map((_, i) => new Date((first + i) * width)),
    series: Object.entries(series).map(([name, unit]) => ({
      name,
      unit,
      values: points.map((point) => mean(point, name)),
    })),
  }
}
