/** What the first bytes of an answer are; `other` may be a recording, which only ffprobe can tell. */
export type ContentKind = 'page' | 'feed' | 'stream' | 'text' | 'picture' | 'archive' | 'other'

const pictures: readonly (readonly number[])[] = [
  [0xff, 0xd8, 0xff],
  [0x89, 0x50, 0x4e, 0x47],
  [0x47, 0x49, 0x46, 0x38],
]
const archives: readonly (readonly number[])[] = [
  [0x50, 0x4b, 0x03, 0x04],
  [0x1f, 0x8b],
  [0x25, 0x50, 0x44, 0x46],
  [0x37, 0x7a, 0xbc, 0xaf],
]

/**
 * Looks at what came, not at what it is called: servers call pages audio and audio `application/octet-stream`. The name of
 * the type decides only between kinds of text.
 */
export function sniffContent(head: Uint8Array, contentType: string | undefined): ContentKind {
  if (pictures.some((signature) => beginsWith(head, signature))) return 'picture'
  if (archives.some((signature) => beginsWith(head, signature))) return 'archive'
  const text = Buffer.from(head)
    .toString('utf8')
    .replace(/^\uFEFF/, '')
    .trimStart()
  if (text.startsWith('#EXTM3U') || /^(?:<\?xml[^>]*>\s*)?<MPD\b/i.test(text)) return 'stream'
  if (/^(?:<\?xml[^>]*>\s*)?(?:<!--[\s\S]*?-->\s*|<\?xml-stylesheet[^>]*>\s*)*<(?:rss|feed|rdf:RDF)\b/i.test(text))
    return 'feed'
  if (
    /^<(?:!--|(?:!doctype html|html|head|body|script|title|meta|div|p|a|br|table|h1|iframe|style|font|b)\b)/i.test(text)
  )
    return 'page'
  if (!isText(head)) return 'other'
  return /html/i.test(contentType ?? '') ? 'page' : 'text'
}

function beginsWith(head: Uint8Array, signature: readonly number[]): boolean {
  return signature.every((byte, index) => head[index] === byte)
}

/** Control characters that no text has (the binary data bytes of the MIME sniffing standard, section 7). */
function isText(head: Uint8Array): boolean {
  return head.every((byte) => byte > 0x1f || (byte >= 0x09 && byte <= 0x0d && byte !== 0x0b) || byte === 0x1b)
}
