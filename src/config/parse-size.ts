const units: Record<string, number> = {
  b: 1,
  kb: 1e3,
  mb: 1e6,
  gb: 1e9,
  tb: 1e12,
  kib: 2 ** 10,
  mib: 2 ** 20,
  gib: 2 ** 30,
}

/** Bytes of a size as people write it: `500 MB`, `1.5GB`, `524288000`. Null for what is none, or below a kilobyte. */
export function parseSize(value: unknown): number | null {
  const match = /^\s*(\d+(?:\.\d+)?)\s*([a-z]*)\s*$/i.exec(String(value))
  const unit = units[(match?.[2] || 'b').toLowerCase()]
  const bytes = match === null || unit === undefined ? Number.NaN : Math.floor(Number(match[1]) * unit)
  // 500 alone is a slip of the pen for 500 MB, and would refuse everything.
  return Number.isSafeInteger(bytes) && bytes >= 1000 ? bytes : null
}
