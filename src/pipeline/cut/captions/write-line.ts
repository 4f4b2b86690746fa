import { percent, round } from './ass-document.ts'
import type { CaptionFonts } from './caption-fonts.ts'
import { escapeAss } from './escape-ass.ts'
import type { Token } from './split-into-tokens.ts'
import {
  baseDirection,
  type Direction,
  directionOf,
  inVisualOrder,
  turnPunctuation,
  visualOrder,
} from './visual-order.ts'

/** What the words of a line are drawn with. */
export interface Pen {
  fonts: CaptionFonts
  /** Size of the letters (em), pixels. */
  em: number
  /** Draw every font this many em high, squeezed; for boxes and bars, whose height is that of their text. */
  squeezedTo?: number
}

/** Tags before a word and after it. */
export interface Dress {
  before: string
  after: string
}

interface Line {
  tokens: readonly Token[]
  /** Direction of the whole phrase. */
  base: Direction
  pen: Pen
  dress: (token: Token) => Dress | null
}

/**
 * The words of a line with their tags, in the order libass must get them. Where words read from right to left, all are put
 * in the order they are seen in, those from right to left each kept together and apart by marks: then
 * it does not matter whether libass orders the whole line (before 0.17) or each stretch between tags (since).
 */
export function writeLine({ tokens, base, pen, dress }: Line): string {
  const write = (token: Token, text: string) => {
    const { before, after } = dress(token) ?? { before: '', after: '' }
    return before + text + after
  }
  if (!isMixed(tokens, base)) {
    return tokens
      .map((token, i) => (i === 0 || token.glued ? '' : ' ') + write(token, writeWord(token.text, pen)))
      .join('')
  }
  const words = tokens.map(({ text }) => text)
  const inOrder = visualOrder(words, base).flatMap((i) => tokens[i] ?? [])
  return inOrder.map((token) => write(token, writeMixedWord(token.text, base, pen))).join(' ')
}

/** Whether a line has words from right to left, so that its order needs care. */
export function isMixed(tokens: readonly Token[], base: Direction): boolean {
  return base === 'rtl' || tokens.some(({ text }) => directionOf(text) === 'rtl')
}

export function directionOfLines(lines: readonly (readonly Token[])[]): Direction {
  return baseDirection(lines.flat().map(({ text }) => text))
}

/** A word, switching fonts where the main one lacks letters. */
export function writeWord(text: string, pen: Pen, write: (text: string) => string = escapeAss): string {
  const runs = pen.fonts.runsOf(text)
  if (runs.every(({ face }) => face === null || face.family === pen.fonts.family)) return write(text)
  return runs
    .map(({ text: its, face }) => {
      if (face === null || face.family === pen.fonts.family) return write(its)
      return `{${fontTags(face, pen)}}${write(its)}{${fontTags(pen.fonts, pen)}}`
    })
    .join('')
}

/** How much to squeeze a line so that its box is `height` em high: libass squeezes a box twice. */
export function squeezeOf(lineHeight: number, height: number): number {
  return Math.sqrt(height / lineHeight)
}

/** Fonts differ in how high their lines are; sizes in ASS are heights of lines, so each font needs its own. */
export function fontTags({ family, lineHeight }: { family: string; lineHeight: number }, pen: Pen): string {
  const squeeze = pen.squeezedTo === undefined ? '' : `\\fscy${percent(squeezeOf(lineHeight, pen.squeezedTo))}`
  return `\\fn${family}\\fs${round(pen.em * lineHeight)}${squeeze}`
}

const [leftToRightMark, rightToLeftMark] = ['\u200e', '\u200f']

export function writeMixedWord(text: string, base: Direction, pen: Pen): string {
  const direction = directionOf(text)
  if (direction !== 'rtl') {
    return writeWord(direction === null && base === 'rtl' ? turnPunctuation(text) : text, pen)
  }
  // Marks, not embeddings: Noto's fonts have the marks, so libass need not look for another font to draw nothing with.
  const [before, after] = [leftToRightMark + rightToLeftMark, rightToLeftMark + leftToRightMark]
  return inVisualOrder(text)
    .map((piece) =>
      writeWord(piece, pen, (its) => (directionOf(its) === 'ltr' ? escapeAss(its) : before + escapeAss(its) + after)),
    )
    .join('')
}
