import type { JobDefinition } from './define-job.ts'

// A claim without a sign of life is given to another worker after this long. Ten seconds is pg-boss's least.
const heartbeatSeconds = 10

/** How jobs of a kind are tried, in pg-boss's words. */
export function jobOptions({ attempts, retryDelaySeconds, expireInSeconds }: JobDefinition) {
  return {
    retryLimit: attempts - 1,
    retryDelay: retryDelaySeconds,
    retryBackoff: true,
    retryDelayMax: 300,
    expireInSeconds,
    heartbeatSeconds,
    // A run that waits for its person is not forgotten after pg-boss's fortnight.
    retentionSeconds: 365 * 24 * 3600,
  }
}
