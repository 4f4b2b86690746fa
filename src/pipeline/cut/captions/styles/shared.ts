import { type AssStyle, round } from '../ass-document.ts'
import { withTransparency } from '../caption-colours.ts'
import type { PlacedPhrase, Stage } from '../caption-design.ts'
import type { Pen } from '../write-line.ts'

/** From line to line, in em. The font's own line height would leave the two lines of a phrase far apart. */
export const leading = 1.18

/** Size of a phrase's letters, pixels: smaller where a word is too long for the line. */
export function emOf({ fullness }: PlacedPhrase, { look }: Stage): number {
  return look.fontSize / Math.max(1, fullness)
}

/** Middle of a line, pixels from the top. */
export function rowY(phrase: PlacedPhrase, row: number, { look }: Stage): number {
  const shrink = 1 / Math.max(1, phrase.fullness)
  return phrase.y + (row - (phrase.lines.length - 1) / 2) * leading * look.fontSize * shrink
}

/** White letters with a dark outline and a soft shadow: readable on any picture. */
export function outlined(name: string, { look, fonts, colours }: Stage): AssStyle {
  return {
    name,
    family: fonts.family,
    fontSize: round(look.fontSize * fonts.lineHeight),
    colour: withTransparency(colours.text, 0),
    outlineColour: withTransparency(colours.edge, 0),
    shadowColour: '&H70000000',
    outline: round(look.outline),
    shadow: round(look.shadow),
  }
}

/** Place of a centred line, and its size where the phrase is drawn smaller. */
export function centredRow(phrase: PlacedPhrase, row: number, stage: Stage, offset = 0): string {
  const y = round(rowY(phrase, row, stage) + offset)
  return `\\an5\\pos(${stage.look.centre.x},${y})\\q2${sizeTags(phrase, stage)}`
}

export function sizeTags(phrase: PlacedPhrase, stage: Stage): string {
  if (phrase.fullness <= 1) return ''
  const em = emOf(phrase, stage)
  return `\\fs${round(em * stage.fonts.lineHeight)}\\bord${round((stage.look.outline * em) / stage.look.fontSize)}`
}

export function penFor(phrase: PlacedPhrase, stage: Stage): Pen {
  return { fonts: stage.fonts, em: emOf(phrase, stage) }
}

/** White letters with a thin dark edge and a soft shadow: quieter than an outline, and still readable on white. */
export function softShadowed(name: string, stage: Stage): AssStyle {
  const { look, colours } = stage
  return {
    ...outlined(name, stage),
    outlineColour: withTransparency(colours.edge, 0x10),
    shadowColour: '&H70000000',
    outline: round(0.09 * look.fontSize),
    shadow: round(0.05 * look.fontSize),
  }
}
