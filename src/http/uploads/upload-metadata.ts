// Letters; far more than anybody needs beside settings.
const mostEntries = 50

/**
 * Upload-Metadata of tus: `key base64,key base64,key`. Null when it is not that, or a value is no UTF-8. A map, so that no key can be one of
 * JavaScript's own.
 */
export function parseUploadMetadata(header: string): ReadonlyMap<string, string> | null {
  const entries = new Map<string, string>()
  if (header.trim() === '') return entries
  for (const pair of header.split(',')) {
    const [key, value = '', ...more] = pair.trim().split(' ')
    if (key === undefined || !/^[\x21-\x2b\x2d-\x7e]+$/.test(key) || more.length > 0 || entries.has(key)) return null
    const text = fromBase64(value)
    if (text === null || entries.size >= mostEntries) return null
    entries.set(key, text)
  }
  return entries
}

const decoder = new TextDecoder('utf-8', { fatal: true })

function fromBase64(value: string): string | null {
  if (value.length % 4 !== 0 || !/^[A-Za-z0-9+/]*={0,2}$/.test(value)) return null
  try {
    return decoder.decode(Buffer.from(value, 'base64'))
  } catch {
    return null
  }
}
