/** What layout needs to know of a TrueType font. Widths in em (1 = the font's size). */
export interface TrueTypeMetrics {
  /** The family as libass looks for it (name 1), e.g. `Montserrat ExtraBold`; empty when the font has none. */
  family: string
  /** Height of a line in em: ascent plus descent, as libass counts a `Fontsize`. */
  lineHeight: number
  /** How much of that is above the baseline. */
  ascent: number
  /** How far the pen moves for a character; null when the font has no glyph for it. */
  advanceOf: (codePoint: number) => number | null
}

/**
 * Reads the metrics and the character map (formats 4 and 12) of a TrueType file; throws RangeError when the bytes
 * are not one. Source: OpenType specification, tables head, hhea, hmtx, OS/2, cmap and name.
 */
export function readTrueType(bytes: Buffer): TrueTypeMetrics {
  const tables = readDirectory(bytes)
  const table = (tag: string): number => {
    const offset = tables.get(tag)
    if (offset === undefined) throw new RangeError(`The font has no table ${tag}.`)
    return offset
  }
  const [head, hhea, hmtx, os2] = [table('head'), table('hhea'), table('hmtx'), table('OS/2')]
  const unitsPerEm = bytes.readUInt16BE(head + 18)
  const longMetrics = bytes.readUInt16BE(hhea + 34)
  const glyphOf = readCharacterMap(bytes, table('cmap'))
  return {
    family: readFamily(bytes, tables.get('name')),
    // libass takes the Windows pair, as VSFilter does.
    lineHeight: (bytes.readUInt16BE(os2 + 74) + bytes.readUInt16BE(os2 + 76)) / unitsPerEm,
    ascent: bytes.readUInt16BE(os2 + 74) / unitsPerEm,
    advanceOf(codePoint) {
      const glyph = glyphOf(codePoint)
      if (glyph === 0) return null
      // Glyphs after the last long metric share its width.
      return bytes.readUInt16BE(hmtx + 4 * Math.min(glyph, longMetrics - 1)) / unitsPerEm
    },
  }
}

function readDirectory(bytes: Buffer): Map<string, number> {
  const count = bytes.readUInt16BE(4)
  return new Map(
    Array.from({ length: count }, (_, i) => {
      const entry = 12 + 16 * i
      return [bytes.toString('latin1', entry, entry + 4), bytes.readUInt32BE(entry + 8)] as const
    }),
  )
}

/** Name 1 of Windows, in US English, which Google's fonts all have. */
function readFamily(bytes: Buffer, name: number | undefined): string {
  if (name === undefined) return ''
  const strings = name + bytes.readUInt16BE(name + 4)
  for (let i = 0; i < bytes.readUInt16BE(name + 2); i += 1) {
    const record = name + 6 + 12 * i
    const [platform, language, id] = [0, 4, 6].map((at) => bytes.readUInt16BE(record + at))
    if (platform !== 3 || language !== 0x409 || id !== 1) continue
    const start = strings + bytes.readUInt16BE(record + 10)
    return Buffer.from(bytes.subarray(start, start + bytes.readUInt16BE(record + 8)))
      .swap16()
      .toString('utf16le')
  }
  return ''
}

type GlyphOf = (codePoint: number) => number

function readCharacterMap(bytes: Buffer, cmap: number): GlyphOf {
  const subtables = Array.from({ length: bytes.readUInt16BE(cmap + 2) }, (_, i) => {
    const offset = cmap + bytes.readUInt32BE(cmap + 4 + 8 * i + 4)
    return { offset, format: bytes.readUInt16BE(offset) }
  })
  const full = subtables.find(({ format }) => format === 12)
  if (full !== undefined) return readFormat12(bytes, full.offset)
  const basic = subtables.find(({ format }) => format === 4)
  if (basic !== undefined) return readFormat4(bytes, basic.offset)
  throw new RangeError('The font has no character map of format 4 or 12.')
}

function readFormat12(bytes: Buffer, offset: number): GlyphOf {
  const groups = Array.from({ length: bytes.readUInt32BE(offset + 12) }, (_, i) => {
    const at = offset + 16 + 12 * i
    return { first: bytes.readUInt32BE(at), last: bytes.readUInt32BE(at + 4), glyph: bytes.readUInt32BE(at + 8) }
  })
  return (codePoint) => {
    // Groups are sorted; a Chinese font has thousands.
    let [low, high] = [0, groups.length]
    while (low < high) {
      const middle = (low + high) >> 1
      if ((groups[middle]?.last ?? 0) < codePoint) low = middle + 1
      else high = middle
    }
    const group = groups[low]
    return group === undefined || group.first > codePoint ? 0 : group.glyph + codePoint - group.first
  }
}

function readFormat4(bytes: Buffer, offset: number): GlyphOf {
  const size = bytes.readUInt16BE(offset + 6)
  const [ends, starts] = [offset + 14, offset + 16 + size]
  const [deltas, rangeOffsets] = [starts + size, starts + 2 * size]
  return (codePoint) => {
    if (codePoint > 0xffff) return 0
    for (let at = 0; at < size; at += 2) {
      if (bytes.readUInt16BE(ends + at) < codePoint) continue
      const start = bytes.readUInt16BE(starts + at)
      if (start > codePoint) return 0
      const delta = bytes.readUInt16BE(deltas + at)
      const rangeOffset = bytes.readUInt16BE(rangeOffsets + at)
      if (rangeOffset === 0) return (codePoint + delta) & 0xffff
      // The offset counts from where it is stored.
      const glyph = bytes.readUInt16BE(rangeOffsets + at + rangeOffset + 2 * (codePoint - start))
      return glyph === 0 ? 0 : (glyph + delta) & 0xffff
    }
    return 0
  }
}
