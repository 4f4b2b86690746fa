/** Which bytes an answer holds; `total` is null where the server does not know. */
export interface ContentRange {
  /** First and last byte, counted from 0; null in an answer that holds none (416). */
  span: { first: number; last: number } | null
  total: number | null
}

/** Reads `bytes 200-999/1000`, `bytes 200-999/*` and `bytes *\/1000` (RFC 9110 14.4); null for anything else. */
export function parseContentRange(header: string | undefined): ContentRange | null {
  const match = /^bytes (?:(\d{1,15})-(\d{1,15})|\*)\/(?:(\d{1,15})|\*)$/i.exec(header?.trim() ?? '')
  if (match === null) return null
  const [, first, last, all] = match
  const total = all === undefined ? null : Number(all)
  if (first === undefined || last === undefined) return { span: null, total }
  const span = { first: Number(first), last: Number(last) }
  return span.first <= span.last && (total === null || span.last < total) ? { span, total } : null
}
