/** How files begin that are certainly no recordings, byte by byte. What can be either (RIFF, ISO media, MPEG) is left to ffprobe. */
const beginnings: readonly [string, string][] = [
  ['PK\x03\x04', 'a ZIP archive'],
  ['PK\x05\x06', 'a ZIP archive'],
  ['PK\x07\x08', 'a ZIP archive'],
  ['\x1f\x8b', 'a gzip archive'],
  ['7z\xbc\xaf\x27\x1c', 'a 7-Zip archive'],
  ['Rar!\x1a\x07', 'a RAR archive'],
  ['\xfd7zXZ\0', 'an xz archive'],
  ['BZh91AY&SY', 'a bzip2 archive'],
  ['MZ', 'a Windows program'],
  ['\x7fELF', 'a program'],
  ['\xcf\xfa\xed\xfe', 'a program'],
  ['\xca\xfe\xba\xbe', 'a program'],
  ['#!', 'a script'],
  ['%PDF-', 'a PDF document'],
  ['\x89PNG\r\n\x1a\n', 'a picture'],
  ['\xff\xd8\xff', 'a picture'],
  ['GIF87a', 'a picture'],
  ['GIF89a', 'a picture'],
]

const texts: readonly [RegExp, string][] = [
  [/^RIFF[^]{4}WEBP/, 'a picture'],
  [/^[^]{4}ftyp(?:avif|avis|heic|heix|mif1)/, 'a picture'],
  [/^\s*<(?:!doctype\s+html|html|head|body|script)\b/i, 'a web page'],
  [/^\s*(?:<\?xml[^]*?\?>\s*)?(?:<!--[^]*?-->\s*)?<svg\b/i, 'a drawing'],
  [/^\s*(?:<\?xml[^]*?\?>\s*)?<(?:MPD|smil|asx)\b/i, 'a playlist'],
  [/^\s*(?:#EXTM3U|ffconcat\b|v=0\s+o=|\[playlist\])/i, 'a playlist'],
  // A list for ffmpeg's concat.
  [/^\s*file\s+\S[^\r\n]*\r?(?:\n|$)/, 'a playlist'],
]

/** What a file is whose first bytes (1024, or all there are) say that it is no recording; null when they don't. */
export function wrongTypeOf(head: Uint8Array): string | null {
  const letters = Buffer.from(head.buffer, head.byteOffset, head.byteLength).toString('latin1')
  const known = beginnings.find(([beginning]) => letters.startsWith(beginning))
  if (known !== undefined) return known[1]
  if (letters.startsWith('BM') && letters.slice(6, 10) === '\0\0\0\0') return 'a picture'
  // The mark of UTF-8 may come before.
  const text = letters.startsWith('\xef\xbb\xbf') ? letters.slice(3) : letters
  return texts.find(([pattern]) => pattern.test(text))?.[1] ?? null
}
