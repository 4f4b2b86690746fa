/**
 * A file name beside the report as a relative URL. `./` first and every delimiter encoded, so that no name can become
 * a scheme (`javascript:`), a host (`//`), a query or a fragment; steps upwards are dropped.
 */
export function relativeUrl(fileName: string): string {
  const segments = fileName
    .toWellFormed()
    .split('/')
    .filter((segment) => !['', '.', '..'].includes(segment))
  return `./${segments.map(encodeSegment).join('/')}`
}

/** Also what encodeURIComponent leaves alone but ends an attribute or a CSS string. */
function encodeSegment(segment: string): string {
  return encodeURIComponent(segment).replace(/[!'()*]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`)
}
