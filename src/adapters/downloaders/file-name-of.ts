/**
 * The file's name as its server gives it (Content-Disposition, RFC 6266 and 5987), without its ending; null when there is
 * none. It is a text for people and no path: whoever makes a file of it cleans it first.
 */
export function fileNameOf(disposition: string | undefined): string | null {
  const extended = /filename\*\s*=\s*(?:"?)([\w-]*)'[^']*'([^;"]+)/i.exec(disposition ?? '')
  const plain = /filename\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^;\s]+))/i.exec(disposition ?? '')
  const name = decodeExtended(extended?.[2]) ?? fromLatin1(plain?.[1]?.replace(/\\(.)/g, '$1') ?? plain?.[2])
  const last = name
    ?.split(/[\\/]/)
    .at(-1)
    ?.replace(/\.[a-z0-9]{1,4}$/i, '')
    .replace(/\p{C}+/gu, '')
    .trim()
  return last === undefined || last === '' || /^\.+$/.test(last) ? null : last.slice(0, 200)
}

function decodeExtended(value: string | undefined): string | null {
  if (value === undefined) return null
  try {
    return decodeURIComponent(value)
  } catch {
    return null
  }
}

/** Headers arrive as Latin-1; most servers that write other letters write UTF-8 all the same. */
function fromLatin1(value: string | undefined): string | undefined {
  if (value === undefined || !/[\u0080-\u00ff]/.test(value)) return value
  const decoded = Buffer.from(value, 'latin1').toString('utf8')
  return decoded.includes('\uFFFD') ? value : decoded
}
