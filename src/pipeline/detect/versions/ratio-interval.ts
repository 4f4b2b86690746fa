import { seededRandom } from '../../../domain/seeded-random.ts'
import type { Interval } from './intervals.ts'

const draws = 1000

/**
 * How many times the first ones the second ones are (ratio of geometric means: one slow moment of the machine decides nothing), with a
 * 95 % percentile bootstrap (Efron 1979) in which recordings are drawn. All above 0. The same values give the same interval.
 */
export function ratioInterval(first: readonly number[], second: readonly number[]): Interval & { ratio: number } {
  const random = seededRandom(11)
  const [a, b] = [first.map(Math.log), second.map(Math.log)]
  const ratios = Array.from({ length: draws }, () => Math.exp(drawnMean(b, random) - drawnMean(a, random))).sort(
    (x, y) => x - y,
  )
  return {
    ratio: Math.exp(meanOf(b) - meanOf(a)),
    low: ratios[Math.floor(0.025 * draws)] ?? Number.NaN,
    high: ratios[Math.ceil(0.975 * draws) - 1] ?? Number.NaN,
  }
}

function drawnMean(values: readonly number[], random: () => number): number {
  let sum = 0
  for (let i = 0; i < values.length; i++) sum += values[Math.floor(random() * values.length)] ?? 0
  return sum / values.length
}

function meanOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length
}
