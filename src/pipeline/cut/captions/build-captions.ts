import type { ClipStyle } from '../../../domain/clip.ts'
import { writeAssDocument } from './ass-document.ts'
import { type CaptionColours, usualColours } from './caption-colours.ts'
import type { CaptionDesign, PlacedPhrase } from './caption-design.ts'
import { captionDesigns } from './caption-designs.ts'
import { type CaptionFonts, captionFonts, fingerprintOf } from './caption-fonts.ts'
import { type CaptionLook, captionLook } from './caption-look.ts'
import { cleanText } from './clean-text.ts'
import type { ClipWord } from './clip-word.ts'
import { drawableWords } from './drawable-words.ts'
import { findEmphasis } from './find-emphasis.ts'
import type { FontFace } from './font-face.ts'
import { groupWords } from './group-words.ts'
import { type FaceBox, placePhrases } from './place-phrases.ts'
import { safeZone } from './safe-zone.ts'
import { splitIntoTokens, type Token } from './split-into-tokens.ts'

interface CaptionRequest {
  words: readonly ClipWord[]
  /** Of the picture, pixels. */
  size: { width: number; height: number }
  style: ClipStyle['captions']
  /** Where faces are in the clip; captions keep off them. */
  faces?: readonly FaceBox[]
  /** A brand's own; the usual ones unless told. */
  font?: FontFace | null
  colours?: CaptionColours
  /** False when ffmpeg can't join letters (see `canShape`). */
  canShape?: boolean
}

export interface BurnedCaptions {
  /** The script for ffmpeg's `ass` filter; null when there is nothing to burn. */
  ass: string | null
  /** The fonts it names; the filter's `fontsdir` must hold them. */
  fonts: FontFace[]
  /** Where captions are drawn, as shares of the height; null when none are. */
  rows: { from: number; to: number } | null
  /** The same phrase by phrase: seconds of the clip, pixels of the picture. */
  places: readonly FaceBox[]
  /** What will not look as it should, in sentences for a person. */
  warnings: string[]
}

/** Captions for a clip's picture. Throws CaptionFontMissing. */
export function buildCaptions(request: CaptionRequest): BurnedCaptions {
  const { words, size, style, faces = [], font = null, colours = usualColours, canShape = true } = request
  if (style === 'none') return { ass: null, fonts: [], rows: null, places: [], warnings: [] }
  const design = captionDesigns[style]
  const cased = words.map((word) => ({ ...word, text: design.capitals ? word.text.toLocaleUpperCase() : word.text }))
  const fonts = fontsOf(cased, { design, font })
  const { words: drawable, warnings } = drawableWords(cased, { fonts, canShape })
  const look = lookOf(design, size)
  const phrases = layOut(drawable, { design, look, fonts, size, faces })
  if (phrases.length === 0) return { ass: null, fonts: [], rows: null, places: [], warnings }
  const carrying = carryingIn(phrases, words)
  const stage = {
    look,
    fonts,
    colours,
    size,
    carries: (token: Token) => carrying.has(token),
    speakers: [...new Set(words.flatMap(({ speaker }) => speaker ?? []))],
  }
  const ass = writeAssDocument({ size, ...design.draw(phrases, stage) })
  // A little more than the letters: what pops, glows and hangs below.
  const half = Math.max(1.7, design.height / 2 + 0.2) * look.fontSize
  const rows = {
    from: Math.max(0, (Math.min(...phrases.map(({ y }) => y)) - half) / size.height),
    to: Math.min(1, (Math.max(...phrases.map(({ y }) => y)) + half) / size.height),
  }
  const [x, w] = [look.centre.x - look.lineWidth / 2, look.lineWidth]
  const places = phrases.map(({ start, end, y }) => ({ start, end, x, y: y - half, w, h: 2 * half }))
  return { ass, fonts: fonts.facesFor(textsOf(cased)), rows, places, warnings }
}

/** Names what decides the look of captions besides words, size and style: for memo keys. */
export function captionFingerprint({ words, style }: Pick<CaptionRequest, 'words' | 'style'>): string {
  if (style === 'none') return fingerprintOf(captionFonts([], 'extra-bold').facesFor([]))
  const faces = fontsOf(words, { design: captionDesigns[style], font: null }).facesFor(textsOf(words))
  return fingerprintOf(faces)
}

/** Version of a style, for memo keys; of none, that of the sidecar files and the card. */
export function captionVersion(style: ClipStyle['captions']): string {
  return style === 'none' ? '2' : captionDesigns[style].version
}

interface FontChoice {
  design: CaptionDesign
  font: FontFace | null
}

function fontsOf(words: readonly ClipWord[], { design, font }: FontChoice): CaptionFonts {
  return captionFonts(textsOf(words), design.weight, font)
}

/** All that may be drawn: what is said, and who says it. */
function textsOf(words: readonly ClipWord[]): string[] {
  return [...words.map(({ text }) => text), ...new Set(words.flatMap(({ speaker }) => speaker ?? []))].map(cleanText)
}

/** The usual look with the style's own size of letters and place. */
function lookOf(design: CaptionDesign, size: { width: number; height: number }): CaptionLook {
  const look = captionLook(size)
  if (design.scale === 1 && design.place === 'low') return look
  const { scale, margin = 0 } = design
  const zone = safeZone(size)
  const room = 2 * (Math.min(zone.right - look.centre.x, look.centre.x - zone.left) - margin * scale * look.fontSize)
  const y = design.place === 'middle' ? 0.5 * size.height : look.centre.y
  return {
    fontSize: scale * look.fontSize,
    lineWidth: Math.min(look.lineWidth, room),
    lettersPerLine: Math.max(6, Math.round(look.lettersPerLine / scale)),
    centre: { x: look.centre.x, y: Math.round(y) },
    outline: scale * look.outline,
    shadow: scale * look.shadow,
    blur: scale * look.blur,
  }
}

interface Layout {
  design: CaptionDesign
  look: CaptionLook
  fonts: CaptionFonts
  size: { width: number; height: number }
  faces: readonly FaceBox[]
}

function layOut(words: readonly ClipWord[], { design, look, fonts, size, faces }: Layout): PlacedPhrase[] {
  const lineWidth = look.lineWidth / look.fontSize
  const tokens = splitIntoTokens(words, { widthOf: fonts.widthOf, widest: 1.5 * lineWidth })
  const phrases = groupWords(tokens, {
    ...design.rules,
    lineWidth,
    spaceWidth: (design.spaceScale ?? 1) * fonts.widthOf(' '),
    lettersPerLine: look.lettersPerLine,
  })
  const height = design.height * look.fontSize
  const zone = safeZone(size)
  // A style higher than two lines moves up as far as it must to end inside the safe zone.
  const usual = Math.min(look.centre.y, Math.max(zone.bottom - height / 2, zone.top + height / 2))
  return placePhrases({ phrases, faces, zone, usual, box: { x: look.centre.x, width: look.lineWidth, height } })
}

/** What carries is found in the words as they are written: capitals everywhere would make a name of each. */
function carryingIn(phrases: readonly PlacedPhrase[], words: readonly ClipWord[]): Set<Token> {
  const tokens = phrases.flatMap(({ lines }) => lines.flat())
  const written = new Map(words.map(({ start, text }) => [start, text]))
  const originals = tokens.map((token) => ({ ...token, text: written.get(token.start) ?? token.text }))
  const found = findEmphasis(originals)
  return new Set(tokens.filter((_, i) => originals[i] !== undefined && found.has(originals[i])))
}
