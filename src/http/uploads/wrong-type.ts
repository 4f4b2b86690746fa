// How files begin that are certainly no recordings. What can be either (RIFF, ISO media, MPEG) is left to ffprobe.
const beginnings: readonly [RegExp, string][] = [
  [/^PK(?:\x03\x04|\x05\x06|\x07\x08)/, 'a ZIP archive'],
  [/^\x1f\x8b/, 'a gzip archive'],
  [/^7z\xbc\xaf\x27\x1c/, 'a 7-Zip archive'],
  [/^Rar!\x1a\x07/, 'a RAR archive'],
  [/^\xfd7zXZ\0/, 'an xz archive'],
  [/^BZh[1-9]1AY&SY/, 'a bzip2 archive'],
  [/^MZ/, 'a Windows program'],
  [/^\x7fELF/, 'a program'],
  [/^(?:\xcf\xfa\xed\xfe|\xfe\xed\xfa[\xce\xcf]|\xca\xfe\xba\xbe)/, 'a program'],
  [/^#!/, 'a script'],
  [/^%PDF-/, 'a PDF document'],
  [/^\x89PNG\r\n\x1a\n/, 'a picture'],
  [/^\xff\xd8\xff/, 'a picture'],
  [/^GIF8[79]a/, 'a picture'],
  [/^RIFF[^]{4}WEBP/, 'a picture'],
  [/^BM[^]{4}\0\0\0\0/, 'a picture'],
  [/^[^]{4}ftyp(?:avif|avis|heic|heix|mif1)/, 'a picture'],
  [/^(?:\xef\xbb\xbf)?\s*<(?:!doctype\s+html|html|head|body|script)\b/i, 'a web page'],
  [/^(?:\xef\xbb\xbf)?\s*(?:<\?xml[^]*?\?>\s*)?(?:<!--[^]*?-->\s*)?<svg\b/i, 'a drawing'],
  [/^(?:\xef\xbb\xbf)?\s*(?:#EXTM3U|ffconcat\b|<(?:MPD|smil|asx)\b|v=0\s+o=|\[playlist\])/i, 'a playlist'],
  [/^(?:\xef\xbb\xbf)?\s*<\?xml[^]*?\?>\s*<(?:MPD|smil|asx)\b/i, 'a playlist'],
  [/^(?:\xef\xbb\xbf)?\s*(?:file|ffconcat)\s+['"]?[^\s]+['"]?\s*$/im, 'a playlist'],
]

/** What a file is whose first bytes (at least 512, fewer when it ends before) say that it is no recording; null when they don't. */
export function wrongTypeOf(head: Uint8Array): string | null {
  const letters = Buffer.from(head.buffer, head.byteOffset, head.byteLength).toString('latin1')
  return beginnings.find(([beginning]) => beginning.test(letters))?.[1] ?? null
}
