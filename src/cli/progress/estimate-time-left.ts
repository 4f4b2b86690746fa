/** What is remembered between two looks at a progress. */
export interface Estimate {
  /** Of the first look, and of the last. Milliseconds since 1970. */
  since: number
  at: number
  fraction: number
  /** Share done per second, each moment weighing half of the one `halfLifeSeconds` later, and the sum of the weights. */
  weightedRate: number
  weight: number
  /** Seconds; null while a number would be a guess. */
  secondsLeft: number | null
}

/** Half of a change of pace shows after this many seconds: less jumps about, more lags behind. */
const halfLifeSeconds = 8
/** Before this much has passed and been done, the first steps (opening files) are not the pace of the rest. */
const leastSeconds = 2
const leastFraction = 0.02
const longestSeconds = 48 * 3600

/**
 * The next estimate of the time left, from the one before and where things stand now. The pace is a mean over time
 * that forgets the past slowly, so it does not matter how often one looks; dividing by the sum of the weights makes the
 * first seconds a plain mean instead of the echo of the first jump. A standstill makes it longer. A fraction that went
 * back (a second attempt) starts afresh.
 */
export function estimateTimeLeft(before: Estimate | null, look: { at: number; fraction: number }): Estimate {
  const { at, fraction } = look
  if (before === null || fraction < before.fraction || at < before.at) {
    return { since: at, at, fraction, weightedRate: 0, weight: 0, secondsLeft: null }
  }
  const kept = 0.5 ** ((at - before.at) / 1000 / halfLifeSeconds)
  const rateNow = at === before.at ? 0 : (fraction - before.fraction) / ((at - before.at) / 1000)
  const weightedRate = before.weightedRate * kept + rateNow * (1 - kept)
  const weight = before.weight * kept + (1 - kept)
  const rate = weight === 0 ? 0 : weightedRate / weight
  const early = at - before.since < leastSeconds * 1000 || fraction < leastFraction
  return { since: before.since, at, fraction, weightedRate, weight, secondsLeft: early ? null : leftAt(rate, fraction) }
}

function leftAt(rate: number, fraction: number): number | null {
  const left = rate > 0 ? (1 - fraction) / rate : Number.POSITIVE_INFINITY
  return left > longestSeconds ? null : left
}
