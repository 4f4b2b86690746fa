/** What a picture file says of itself before it is decoded; sizes in pixels. */
export interface PictureHeader {
  format: 'png' | 'jpeg'
  width: number
  height: number
  /** An animated PNG. */
  moves: boolean
}

const pngSignature = '89504e470d0a1a0a'

/**
 * Reads the header of a PNG or JPEG file; null when it is neither or is cut off before its size. Sources: PNG specification,
 * third edition (chunks IHDR and acTL); ITU-T T.81, annex B (frame headers).
 */
export function readPictureHeader(bytes: Buffer): PictureHeader | null {
  try {
    if (bytes.subarray(0, 8).toString('hex') === pngSignature) return readPng(bytes)
    return bytes.readUInt16BE(0) === 0xffd8 ? readJpeg(bytes) : null
  } catch (error) {
    if (error instanceof RangeError) return null
    throw error
  }
}

function readPng(bytes: Buffer): PictureHeader | null {
  if (bytes.toString('latin1', 12, 16) !== 'IHDR') return null
  const size = { width: bytes.readUInt32BE(16), height: bytes.readUInt32BE(20) }
  for (let at = 33; at + 8 <= bytes.length; at += 12 + bytes.readUInt32BE(at)) {
    const chunk = bytes.toString('latin1', at + 4, at + 8)
    if (chunk === 'acTL') return { format: 'png', ...size, moves: true }
    if (chunk === 'IDAT') break
  }
  return { format: 'png', ...size, moves: false }
}

function readJpeg(bytes: Buffer): PictureHeader | null {
  for (let at = 2; ; ) {
    if (bytes[at] !== 0xff) return null
    const marker = bytes.readUInt8(at + 1)
    // Start of frame, in all its kinds; C4, C8 and CC are other things.
    if (marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker)) {
      return { format: 'jpeg', width: bytes.readUInt16BE(at + 7), height: bytes.readUInt16BE(at + 5), moves: false }
    }
    at += marker === 0xff ? 1 : 2 + bytes.readUInt16BE(at + 2)
  }
}

/** A picture format we do not read, by its first bytes, for a sentence; null when it is none we know. */
export function otherPictureFormat(bytes: Buffer): string | null {
  const start = bytes.toString('latin1', 0, 512)
  if (start.startsWith('GIF8')) return 'a GIF'
  if (start.startsWith('RIFF') && start.slice(8, 12) === 'WEBP') return 'a WebP picture'
  if (/^(?:\ufeff|ï»¿)?\s*(?:<\?xml[^>]*>\s*)?(?:<!--[^]*?-->\s*)*(?:<!DOCTYPE svg[^>]*>\s*)?<svg[\s>]/i.test(start))
    return 'an SVG drawing'
  if (/^....ftyp(?:avif|heic|mif1)/s.test(start)) return 'an AVIF or HEIC picture'
  return start.startsWith('BM') ? 'a BMP picture' : null
}
