import { round } from '../../captions/ass-document.ts'
import type { CaptionFonts } from '../../captions/caption-fonts.ts'
import { cleanText } from '../../captions/clean-text.ts'
import { baseDirection } from '../../captions/visual-order.ts'
import { withoutPictures } from '../../captions/without-pictures.ts'
import { writeLine } from '../../captions/write-line.ts'

interface TextLine {
  text: string
  fonts: CaptionFonts
  /** Size of the letters, pixels. */
  em: number
}

/** A line of text with its size and fonts, right-to-left words in their order. */
export function textLine({ text, fonts, em }: TextLine): string {
  const words = text.split(' ')
  const tokens = words.map((word) => ({ text: word, start: 0, end: 0, speaker: null, glued: false, width: 0 }))
  const line = writeLine({ tokens, base: baseDirection(words), pen: { fonts, em }, dress: () => null })
  return `{\\fn${fonts.family}\\fs${round(em * fonts.lineHeight)}}${line}`
}

/** A text as it can be drawn: on one line, without what no font has; empty when too much of it would be missing. */
export function drawableText(text: string, fonts: CaptionFonts): string {
  const drawn = withoutPictures(cleanText(text), { covers: fonts.shows })
  return fonts.shows(drawn) ? drawn : ''
}
