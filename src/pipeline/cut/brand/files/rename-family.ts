/**
 * The same font under another family name, for drawing with it: a name table of its own is put at the end of the file.
 * Throws RangeError when the bytes are no font with names. Source: OpenType specification, table directory and `name`.
 */
export function renameFamily(bytes: Buffer, family: string): Buffer {
  const entry = entryOf(bytes, 'name')
  const names = nameTable(family)
  const at = 4 * Math.ceil(bytes.length / 4)
  const renamed = Buffer.concat([bytes, Buffer.alloc(at - bytes.length), names])
  renamed.writeUInt32BE(at, entry + 8)
  renamed.writeUInt32BE(names.length, entry + 12)
  return renamed
}

function entryOf(bytes: Buffer, tag: string): number {
  for (let i = 0; i < bytes.readUInt16BE(4); i++) {
    const entry = 12 + 16 * i
    if (bytes.toString('latin1', entry, entry + 4) === tag) return entry
  }
  throw new RangeError(`The font has no table ${tag}.`)
}

/** Family, style, full name and PostScript name, as Windows has them in US English. */
function nameTable(family: string): Buffer {
  const texts: [number, string][] = [
    [1, family],
    [2, 'Regular'],
    [4, family],
    [6, family.replaceAll(' ', '-')],
  ]
  const strings = texts.map(([id, text]) => ({ id, bytes: Buffer.from(text, 'utf16le').swap16() }))
  const head = Buffer.alloc(6 + 12 * strings.length)
  head.writeUInt16BE(strings.length, 2)
  head.writeUInt16BE(head.length, 4)
  let offset = 0
  for (const [i, { id, bytes }] of strings.entries()) {
    const record = [3, 1, 0x409, id, bytes.length, offset]
    for (const [j, value] of record.entries()) head.writeUInt16BE(value, 6 + 12 * i + 2 * j)
    offset += bytes.length
  }
  return Buffer.concat([head, ...strings.map(({ bytes }) => bytes)])
}
