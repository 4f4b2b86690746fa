import { createHash } from 'node:crypto'
import { type FontFace, fontFaceOf } from '../../captions/font-face.ts'
import { keepFullCharacterMap } from '../../captions/keep-full-character-map.ts'
import { renameFamily } from './rename-family.ts'

/** Letters of many scripts: a font without any of them is one of signs. */
const someLetters = Array.from('AaEe0ЯяΩωאבعبअकกขあア中文한글')

/**
 * A person's own font, ready to be drawn with. It gets a family name that no other font has: a style names its font by
 * family, and a bold font shares that with its regular sister, which the system may have too.
 * @throws FontProblem
 */
export function brandFont(bytes: Buffer): FontFace {
  const strange = otherFontFormat(bytes)
  if (strange !== null) throw new FontProblem(strange)
  const hash = createHash('sha256').update(bytes).digest('hex').slice(0, 12)
  try {
    const face = fontFaceOf(renameFamily(keepFullCharacterMap(bytes), `Brand ${hash}`), `brand-${hash}.ttf`)
    if (!(face.lineHeight > 0.4 && face.lineHeight < 4)) throw new FontProblem('its lines have no sensible height')
    if (!someLetters.some((letter) => face.advanceOf(letter.codePointAt(0) ?? 0) !== null)) {
      throw new FontProblem('it has no letters')
    }
    return face
  } catch (error) {
    if (error instanceof RangeError) throw new FontProblem('it is damaged, or no font')
    throw error
  }
}

/** End of a sentence about a font file that can't be used. */
export class FontProblem extends Error {}

function otherFontFormat(bytes: Buffer): string | null {
  if (bytes.length === 0) return 'it is empty'
  const tag = bytes.toString('latin1', 0, 4)
  if (tag === 'wOFF' || tag === 'wOF2') return 'it is a font for web pages (WOFF); give its TTF or OTF file'
  if (tag === 'ttcf') return 'it is a collection of fonts (TTC); give one TTF or OTF file'
  if (tag === '\0\x01\0\0' || tag === 'OTTO' || tag === 'true') return null
  return 'it is no TTF or OTF font'
}
