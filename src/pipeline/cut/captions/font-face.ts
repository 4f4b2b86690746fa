import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { basename } from 'node:path'
import { keepFullCharacterMap } from './keep-full-character-map.ts'
import { readTrueType } from './read-true-type.ts'

/** One font file, ready to be measured and drawn with; widths in em (1 = the font's size). */
export interface FontFace {
  /** As a style must name it, to the letter: libass silently takes another font otherwise. */
  family: string
  fileName: string
  /** The file as ffmpeg is to have it; not always byte for byte the one on disk. */
  bytes: Buffer
  /** Hash of the bytes, for memo keys. */
  fingerprint: string
  /** Height of a line in em, the unit of `Fontsize` in ASS. */
  lineHeight: number
  /** How much of that is above the baseline. */
  ascent: number
  /** Null when the font has no glyph for the character. */
  advanceOf: (codePoint: number) => number | null
  /** Whether the font has every letter of a text; what is never drawn counts as had. */
  covers: (text: string) => boolean
}

/** Reads a font file. Throws what the file system throws, and RangeError when it is no TrueType font. */
export function loadFontFace(file: string): FontFace {
  return fontFaceOf(keepFullCharacterMap(readFileSync(file)), basename(file))
}

/** A font in memory, as ffmpeg is to have it. Throws RangeError when it is no TrueType or OpenType font. */
export function fontFaceOf(bytes: Buffer, fileName: string): FontFace {
  const { family, lineHeight, ascent, advanceOf } = readTrueType(bytes)
  return {
    family,
    fileName,
    bytes,
    fingerprint: createHash('sha256').update(bytes).digest('hex').slice(0, 32),
    lineHeight,
    ascent,
    advanceOf,
    covers: (text) =>
      Array.from(text).every((sign) => isInvisible(sign) || advanceOf(sign.codePointAt(0) ?? 0) !== null),
  }
}

export function isInvisible(sign: string): boolean {
  return /[\p{Cc}\p{Cf}\u2028\u2029]/u.test(sign)
}
