/** `$0.36`; never less than a cent for what costs something. */
export function formatUsd(usd: number): string {
  return usd > 0 && usd < 0.01 ? 'less than $0.01' : `$${usd.toFixed(2)}`
}
