/** `$0.36`, `$0.002`: as many digits as it takes to see something. */
export function formatUsd(usd: number): string {
  return usd > 0 && usd < 0.01 ? `$${usd.toPrecision(1)}` : `$${usd.toFixed(2)}`
}

/** `about $0.36`, `less than a cent`. */
export function aboutUsd(usd: number): string {
  return usd > 0 && usd < 0.01 ? 'less than a cent' : `about ${formatUsd(usd)}`
}
