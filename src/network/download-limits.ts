export interface DownloadLimits {
  /** Longest file. */
  mostBytes: number
  /** From the first request to the last byte, waits included. */
  wholeSeconds: number
  /** Slower than this for a while counts as standing still. */
  leastBytesPerSecond: number
  /** How long it may be that slow. */
  patienceSeconds: number
  /** Tries in a row that bring nothing new. */
  fruitlessTries: number
  /** Longest wait a server may ask for before it is left to try again later. */
  mostWaitSeconds: number
}

export const usualDownloadLimits: DownloadLimits = {
  mostBytes: Number.POSITIVE_INFINITY,
  wholeSeconds: 6 * 3600,
  leastBytesPerSecond: 1000,
  patienceSeconds: 60,
  fruitlessTries: 3,
  mostWaitSeconds: 60,
}
