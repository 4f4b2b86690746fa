import { type AssEvent, type AssStyle, round } from '../ass-document.ts'
import type { PlacedPhrase, Stage } from '../caption-design.ts'
import type { CaptionFonts } from '../caption-fonts.ts'
import type { FontFace } from '../font-face.ts'
import type { LitState } from '../lit-states.ts'
import type { Token } from '../split-into-tokens.ts'
import { directionOfLines, fontTags, type Pen, squeezeOf, writeLine } from '../write-line.ts'
import { emOf, rowY } from './shared.ts'

/**
 * A shape behind or under one word. Only libass knows how wide a word really is (kerning, Arabic joining, Devanagari
 * clusters), so the line is set a second time, unseen, squeezed to the shape's height, and the word gets libass's own box.
 */
export interface Ghost {
  /** Of the shape, as ASS writes colours. */
  colour: string
  /** Height of the shape, and how far its middle is above the baseline (negative: below), in em. */
  height: number
  rise: number
  /** What it stands out by on the left and right, in em. */
  padding: number
}

/** Styles for `ghostEvent`: the unseen line, and the word whose box is seen. */
export function ghostStyles({ colour }: Ghost, { look, fonts }: Stage): AssStyle[] {
  const common = {
    family: fonts.family,
    fontSize: round(look.fontSize * fonts.lineHeight),
    colour: '&HFF000000',
    outline: 0,
    shadow: 0,
  }
  const seen = `&H00${colour.slice(2, 8)}`
  return [
    { ...common, name: 'unseen', outlineColour: '&HFF000000', shadowColour: '&HFF000000' },
    { ...common, name: 'shape', outlineColour: seen, shadowColour: seen, box: true },
  ]
}

interface GhostRequest {
  phrase: PlacedPhrase
  state: LitState
  ghost: Ghost
  stage: Stage
}

/** The shape of the lit word; null while none is lit in this line. */
export function ghostEvent({ phrase, state, ghost, stage }: GhostRequest): AssEvent | null {
  const { row, line, lit, start, end } = state
  if (lit === null) return null
  const em = emOf(phrase, stage)
  const pen: Pen = { fonts: stage.fonts, em, squeezedTo: ghost.height }
  const size = `${fontTags(stage.fonts, pen)}\\fscx100`
  const edge = `\\xbord${round(ghost.padding * em)}\\ybord0`
  const text = writeLine({
    tokens: line,
    base: directionOfLines(phrase.lines),
    pen,
    dress: (token) => (token === lit ? { before: `{\\rshape${size}${edge}}`, after: `{\\runseen${size}}` } : null),
  })
  const y = round(rowY(phrase, row, stage) + em * offsetOf({ line, lit, ghost, fonts: stage.fonts }))
  return { layer: 0, start, end, style: 'unseen', text: `{\\an5\\pos(${stage.look.centre.x},${y})\\q2${size}}${text}` }
}

interface Lines {
  line: readonly Token[]
  lit: Token
  ghost: Ghost
  fonts: CaptionFonts
}

/**
 * How much lower than the letters' line the unseen one must be, in em. libass centres a line by the highest and deepest of
 * its fonts, and draws a box from the squeezed top of its own font down; the fonts' own heights tell where that is.
 */
function offsetOf({ line, lit, ghost, fonts }: Lines): number {
  const faces = [fonts.main, ...line.flatMap(({ text }) => fonts.runsOf(text).flatMap(({ face }) => face ?? []))]
  const own = fonts.runsOf(lit.text)[0]?.face ?? fonts.main
  const seen = baselineOf(faces, () => 1)
  const squeeze = (face: FontFace) => squeezeOf(face.lineHeight, ghost.height)
  const unseen = baselineOf(faces, squeeze)
  return seen - ghost.rise - ghost.height / 2 + own.ascent * squeeze(own) - unseen
}

/** Where the baseline of a line is, in em below its middle. */
function baselineOf(faces: readonly FontFace[], scaleOf: (face: FontFace) => number): number {
  const ascent = Math.max(...faces.map((face) => face.ascent * scaleOf(face)))
  const descent = Math.max(...faces.map((face) => (face.lineHeight - face.ascent) * scaleOf(face)))
  return (ascent - descent) / 2
}
