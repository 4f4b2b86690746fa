/**
 * Turns a ranker's scores into 0 to 1, keeping their order: 0.5 lies one standard deviation over the mean of the recording's
 * candidates, since most spans are not worth sharing. Says how far a span stands out here, not how good the recording is.
 */
export function calibrate(scores: readonly number[]): number[] {
  const mean = scores.reduce((sum, score) => sum + score, 0) / Math.max(1, scores.length)
  const variance = scores.reduce((sum, score) => sum + (score - mean) ** 2, 0) / Math.max(1, scores.length)
  const deviation = Math.sqrt(variance)
  // One candidate, or all alike: nothing stands out.
  if (deviation < 1e-9) return scores.map(() => 0.5)
  return scores.map((score) => 1 / (1 + Math.exp(1 - (score - mean) / deviation)))
}
