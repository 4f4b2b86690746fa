/** Seconds a server asks to wait (Retry-After, RFC 9110 10.2.3: seconds or a date); null when it says nothing usable. */
export function retryAfterSeconds(header: string | undefined, now: Date): number | null {
  if (header === undefined) return null
  if (/^\d{1,9}$/.test(header.trim())) return Number(header.trim())
  // Without a name of a month it is no date of HTTP, whatever Date.parse makes of it.
  const at = /[a-z]{3}/i.test(header) ? Date.parse(header) : Number.NaN
  return Number.isNaN(at) ? null : Math.max(0, (at - now.getTime()) / 1000)
}
