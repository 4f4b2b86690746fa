/**
 * The same TrueType font with its one complete character map (format 12) alone. libass takes the first Windows map it
 * finds, which in these fonts ends at U+FFFF: emoji would be empty boxes. Fonts without such a map stay as they are.
 * Source: OpenType specification, table cmap; libass `ass_font.c`, `set_best_charmap`.
 */
export function keepFullCharacterMap(bytes: Buffer): Buffer {
  const cmap = offsetOfTable(bytes, 'cmap')
  if (cmap === null) return bytes
  for (let i = 0; i < bytes.readUInt16BE(cmap + 2); i += 1) {
    const record = cmap + 4 + 8 * i
    const offset = bytes.readUInt32BE(record + 4)
    if (bytes.readUInt16BE(cmap + offset) !== 12) continue
    const kept = Buffer.from(bytes)
    // One map: Windows, full Unicode.
    kept.writeUInt16BE(1, cmap + 2)
    kept.writeUInt16BE(3, cmap + 4)
    kept.writeUInt16BE(10, cmap + 6)
    kept.writeUInt32BE(offset, cmap + 8)
    return kept
  }
  return bytes
}

function offsetOfTable(bytes: Buffer, tag: string): number | null {
  for (let i = 0; i < bytes.readUInt16BE(4); i += 1) {
    const entry = 12 + 16 * i
    if (bytes.toString('latin1', entry, entry + 4) === tag) return bytes.readUInt32BE(entry + 8)
  }
  return null
}
