import { seededRandom } from '../domain/seeded-random.ts'

/** A mean with its 95 % interval. */
export interface Estimate {
  mean: number
  low: number
  high: number
}

export interface Sample {
  /** Units of one recording are not independent: recordings are drawn, not units. */
  recording: string
  value: number
}

const draws = 1000

/** The mean over units, with a percentile bootstrap over recordings (Efron 1979). The same samples give the same interval. */
export function bootstrap(samples: readonly Sample[]): Estimate {
  const recordings = [...Map.groupBy(samples, ({ recording }) => recording).values()].map((group) => ({
    sum: group.reduce((sum, { value }) => sum + value, 0),
    count: group.length,
  }))
  const random = seededRandom(7)
  const means = Array.from({ length: draws }, () => {
    let [sum, count] = [0, 0]
    for (let i = 0; i < recordings.length; i++) {
      const drawn = recordings[Math.floor(random() * recordings.length)]
      sum += drawn?.sum ?? 0
      count += drawn?.count ?? 0
    }
    return sum / count
  }).sort((a, b) => a - b)
  const mean = samples.reduce((sum, { value }) => sum + value, 0) / samples.length
  return { mean, low: means[Math.floor(0.025 * draws)] ?? mean, high: means[Math.ceil(0.975 * draws) - 1] ?? mean }
}
