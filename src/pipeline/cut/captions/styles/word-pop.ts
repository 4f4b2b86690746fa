import { type AssEvent, percent, round } from '../ass-document.ts'
import type { CaptionColours } from '../caption-colours.ts'
import type { CaptionDesign, PlacedPhrase, Stage } from '../caption-design.ts'
import { litStates } from '../lit-states.ts'
import type { Token } from '../split-into-tokens.ts'
import { directionOfLines, isMixed, type Pen, writeLine, writeWord } from '../write-line.ts'
import { emOf, outlined, rowY } from './shared.ts'

/** The lit word grows by this much, within this many milliseconds. */
const pop = { scale: 1.08, milliseconds: 80 }

/** At most this share of a space may be eaten by the word that grows beside it. */
const mostOfSpace = 0.45

/** Spaces are drawn this much wider than the font's, so that a grown word still stands apart. */
const spaceScale = 1.2

/**
 * Each word lights up and grows a little while it is said. Nothing else moves: what the lit word grows by is taken from
 * the spaces beside it, in step with the growing.
 */
export const wordPop: CaptionDesign = {
  version: '2',
  weight: 'extra-bold',
  scale: 1,
  place: 'low',
  spaceScale,
  height: 2.5,
  rules: {
    mostFullness: 1.35,
    words: { least: 2, most: 5 },
    leastSeconds: 0.8,
    mostSeconds: 3.5,
    longestHold: 0.8,
    linger: 0.5,
    lineTie: 0.6,
  },
  draw: (phrases, stage) => ({
    styles: [outlined('pop', stage)],
    events: phrases.flatMap((phrase) => drawPhrase(phrase, stage)),
  }),
}

function drawPhrase(phrase: PlacedPhrase, stage: Stage): AssEvent[] {
  const base = directionOfLines(phrase.lines)
  const { colours } = stage
  const pen: Pen = { fonts: stage.fonts, em: emOf(phrase, stage) }
  return litStates(phrase).map(({ row, line, lit, start, end }) => {
    const dress = (token: Token) =>
      token === lit ? { before: `{\\1c${colours.accent}}`, after: `{\\1c${colours.text}}` } : null
    const text = isMixed(line, base)
      ? writeLine({ tokens: line, base, pen, dress })
      : writeGrowingLine({ line, lit, pen, colours })
    return { layer: row, start, end, style: 'pop', text: placeRow(phrase, row, stage) + text }
  })
}

function placeRow(phrase: PlacedPhrase, row: number, stage: Stage): string {
  const { look, fonts } = stage
  const shrink = 1 / Math.max(1, phrase.fullness)
  const place = `\\an5\\pos(${look.centre.x},${round(rowY(phrase, row, stage))})\\q2\\blur${round(look.blur)}`
  const smaller = `\\fs${round(look.fontSize * fonts.lineHeight * shrink)}\\bord${round(look.outline * shrink)}`
  return `{${place}${shrink < 1 ? smaller : ''}}`
}

interface GrowingLine {
  line: Token[]
  lit: Token | null
  pen: Pen
  colours: CaptionColours
}

/**
 * A line that reads from left to right. It stands between two hard spaces that give the lit word room to grow at the
 * line's ends; being as tall as a grown word, they also keep the line's height, and so its baseline, steady.
 */
function writeGrowingLine({ line, lit, pen, colours }: GrowingLine): string {
  const { fonts } = pen
  const at = lit === null ? -1 : line.indexOf(lit)
  const scale = at < 0 ? 1 : scaleOf(line, at, pen)
  const grown = at < 0 ? 0 : (scale - 1) * (line[at]?.width ?? 0)
  const eaten = grown / 2 / (spaceScale * fonts.widthOf(' '))
  const space = (i: number, text: string) => writeSpace(text, at >= 0 && (i === at || i === at + 1) ? eaten : 0)
  const words = line.map((token, i) => {
    const before = i === 0 ? space(0, '\\h') : token.glued ? '' : space(i, ' ')
    return before + (i === at ? writeLitWord(token, scale, { pen, colours }) : writeWord(token.text, pen))
  })
  return words.join('') + space(line.length, '\\h')
}

/** How far the word at `at` may grow: less when it is long, not at all when its width or the space beside it isn't known. */
function scaleOf(line: Token[], at: number, { fonts }: Pen): number {
  const [token, next] = [line[at], line[at + 1]]
  if (token === undefined || token.glued || next?.glued === true || !fonts.covers(token.text)) return 1
  return Math.min(pop.scale, 1 + (2 * mostOfSpace * spaceScale * fonts.widthOf(' ')) / token.width)
}

function writeSpace(text: string, eaten: number): string {
  const steady = `\\fscx${percent(spaceScale)}\\fscy${percent(pop.scale)}`
  const tags = eaten > 0 ? `${steady}\\t(0,${pop.milliseconds},\\fscx${percent(spaceScale * (1 - eaten))})` : steady
  return `{${tags}}${text}{\\fscx100\\fscy100}`
}

function writeLitWord({ text }: Token, scale: number, { pen, colours }: Pick<GrowingLine, 'pen' | 'colours'>): string {
  const grow = scale > 1 ? `\\t(0,${pop.milliseconds},\\fscx${percent(scale)}\\fscy${percent(scale)})` : ''
  return `{\\1c${colours.accent}${grow}}${writeWord(text, pen)}{\\1c${colours.text}\\fscx100\\fscy100}`
}
