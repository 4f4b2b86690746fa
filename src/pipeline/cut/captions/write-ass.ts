import type { CaptionStyle } from '../../../domain/clip.ts'
import type { FontMetrics } from './caption-font.ts'
import { type CaptionLook, captionLook } from './caption-look.ts'
import { escapeAss } from './escape-ass.ts'
import type { Phrase } from './group-words.ts'
import type { Token } from './split-into-tokens.ts'
import { baseDirection, type Direction, directionOf, turnPunctuation, visualOrder } from './visual-order.ts'

interface Captions {
  phrases: readonly Phrase[]
  /** Of the picture, in pixels. */
  size: { width: number; height: number }
  style: CaptionStyle
  font: FontMetrics
}

// Colours as ASS writes them: blue, green, red.
const white = '&HFFFFFF&'
const accent = '&H1FD4FF&'

/** The lit word grows by this much, within this many milliseconds. */
const pop = { scale: 1.08, milliseconds: 80 }

/** At most this share of a space may be eaten by the word that grows beside it. */
const mostOfSpace = 0.45

/** Spaces are drawn this much wider than the font's, so that a grown word still stands apart. */
export const spaceScale = 1.2

/** From line to line, in em. The font's own line height would leave the two lines of a phrase far apart. */
const leading = 1.18

/**
 * Captions as an ASS script. Each line of a phrase is a layer of its own at a fixed place; while a word of it is said,
 * an event shows the line with that word lit. The events of a layer touch and never overlap, so nothing flickers.
 * Nothing moves either: line breaks are fixed, and what the lit word grows by is taken from the spaces beside it, in
 * step with the growing. Times are centiseconds, the resolution of ASS. With style `none` there are no events.
 */
export function writeAss({ phrases, size, style, font }: Captions): string {
  const look = captionLook(size)
  const shown = style === 'none' ? [] : phrases
  return `${header({ size, look, font })}${shown.flatMap((phrase) => writePhrase(phrase, { look, font })).join('')}`
}

function header({ size, look, font }: { size: Captions['size']; look: CaptionLook; font: FontMetrics }): string {
  const fontSize = round(look.fontSize * font.lineHeight)
  const [outline, shadow] = [round(look.outline), round(look.shadow)]
  return `[Script Info]
ScriptType: v4.00+
PlayResX: ${size.width}
PlayResY: ${size.height}
WrapStyle: 2
ScaledBorderAndShadow: yes
Kerning: yes

[V4+ Styles]
Format: Name, Fontname, Fontsize, PrimaryColour, SecondaryColour, OutlineColour, BackColour, Bold, Italic, Underline, StrikeOut, ScaleX, ScaleY, Spacing, Angle, BorderStyle, Outline, Shadow, Alignment, MarginL, MarginR, MarginV, Encoding
Style: pop,${font.family},${fontSize},&H00FFFFFF,&H00FFFFFF,&H00140C08,&H70000000,0,0,0,0,100,100,0,0,1,${outline},${shadow},5,0,0,0,1

[Events]
Format: Layer, Start, End, Style, Name, MarginL, MarginR, MarginV, Effect, Text
`
}

interface Drawing {
  look: CaptionLook
  font: FontMetrics
}

function writePhrase(phrase: Phrase, drawing: Drawing): string[] {
  const base = baseDirection(phrase.lines.flat().map(({ text }) => text))
  return statesOf(phrase).map(({ layer, line, lit, start, end }) => {
    const text = placeLine(phrase, layer, drawing) + writeLine(line, lit, { base, font: drawing.font })
    return `Dialogue: ${layer},${formatTime(start)},${formatTime(end)},pop,,0,0,0,,${text}\n`
  })
}

interface LineState {
  layer: number
  line: Token[]
  /** Null while the word being said is in the other line. */
  lit: Token | null
  /** In centiseconds. */
  start: number
  end: number
}

/** What each line shows when, in order of time; what would show nothing new is drawn out instead of repeated. */
function statesOf({ lines, end: phraseEnd }: Phrase): LineState[] {
  const tokens = lines.flat()
  const states = tokens.flatMap((token, i) => {
    const start = toCentiseconds(token.start)
    const end = toCentiseconds(tokens[i + 1]?.start ?? phraseEnd)
    return lines.map((line, layer) => ({ layer, line, lit: line.includes(token) ? token : null, start, end }))
  })
  const merged: LineState[] = []
  for (const state of states.filter(({ start, end }) => start < end)) {
    const before = merged.find(
      ({ layer, lit, end }) => layer === state.layer && lit === state.lit && end === state.start,
    )
    if (before === undefined) merged.push({ ...state })
    else before.end = state.end
  }
  return merged
}

/** Each moment is rounded by itself, so that an event's end and the next one's start stay the same. */
function toCentiseconds(seconds: number): number {
  return Math.round(seconds * 100)
}

/** `h:mm:ss.cc` */
function formatTime(centiseconds: number): string {
  const two = (n: number) => String(n).padStart(2, '0')
  const seconds = Math.floor(centiseconds / 100)
  const [h, m, s] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60]
  return `${h}:${two(m)}:${two(s)}.${two(centiseconds % 100)}`
}

function placeLine({ lines, fullness }: Phrase, layer: number, { look, font }: Drawing): string {
  const shrink = 1 / Math.max(1, fullness)
  const fromCentre = (layer - (lines.length - 1) / 2) * leading * look.fontSize * shrink
  const place = `\\an5\\pos(${look.centre.x},${round(look.centre.y + fromCentre)})\\q2\\blur${round(look.blur)}`
  const smaller = `\\fs${round(look.fontSize * font.lineHeight * shrink)}\\bord${round(look.outline * shrink)}`
  return `{${place}${shrink < 1 ? smaller : ''}}`
}

function writeLine(line: Token[], lit: Token | null, { base, font }: { base: Direction; font: FontMetrics }): string {
  const mixed = base === 'rtl' || line.some(({ text }) => directionOf(text) === 'rtl')
  return mixed ? writeMixedLine(line, lit, { base, font }) : writePlainLine(line, lit, font)
}

/**
 * A line that reads from left to right. It stands between two hard spaces that give the lit word room to grow at the
 * line's ends; being as tall as a grown word, they also keep the line's height, and so its baseline, steady.
 */
function writePlainLine(line: Token[], lit: Token | null, font: FontMetrics): string {
  const at = lit === null ? -1 : line.indexOf(lit)
  const scale = at < 0 ? 1 : scaleOf(line, at, font)
  const grown = at < 0 ? 0 : (scale - 1) * (line[at]?.width ?? 0)
  const eaten = grown / 2 / (spaceScale * font.widthOf(' '))
  const space = (i: number, text: string) => writeSpace(text, at >= 0 && (i === at || i === at + 1) ? eaten : 0)
  const words = line.map((token, i) => {
    const before = i === 0 ? space(0, '\\h') : token.glued ? '' : space(i, ' ')
    return before + (i === at ? writeLitWord(token, { scale, font }) : writeWord(token.text, font))
  })
  return words.join('') + space(line.length, '\\h')
}

/** How far the word at `at` may grow: less when it is long, not at all when its width or the space beside it isn't known. */
function scaleOf(line: Token[], at: number, font: FontMetrics): number {
  const [token, next] = [line[at], line[at + 1]]
  if (token === undefined || token.glued || next?.glued === true || !font.covers(token.text)) return 1
  return Math.min(pop.scale, 1 + (2 * mostOfSpace * spaceScale * font.widthOf(' ')) / token.width)
}

function writeSpace(text: string, eaten: number): string {
  const steady = `\\fscx${percent(spaceScale)}\\fscy${percent(pop.scale)}`
  const tags = eaten > 0 ? `${steady}\\t(0,${pop.milliseconds},\\fscx${percent(spaceScale * (1 - eaten))})` : steady
  return `{${tags}}${text}{\\fscx100\\fscy100}`
}

function writeLitWord({ text }: Token, { scale, font }: { scale: number; font: FontMetrics }): string {
  const grow = scale > 1 ? `\\t(0,${pop.milliseconds},\\fscx${percent(scale)}\\fscy${percent(scale)})` : ''
  return `{\\1c${accent}${grow}}${writeWord(text, font)}{\\1c${white}\\fscx100\\fscy100}`
}

/** What the font lacks is drawn with one of the system's, whose bold comes closest. Our own needs none: it is bold. */
function writeWord(text: string, font: FontMetrics, escaped: string = escapeAss(text)): string {
  return font.covers(text) ? escaped : `{\\b1}${escaped}{\\b0}`
}

const [leftToRightMark, rightToLeftEmbedding, popDirection] = ['\u200e', '\u202b', '\u202c']

/**
 * A line with words that read from right to left. The words are put in the order they are seen in, each kept apart by
 * left-to-right marks and right-to-left ones embedded by themselves: then it does not matter whether libass orders the
 * whole line (before 0.17) or each stretch between tags (since). These words are lit but don't grow: they are drawn with
 * a system's font, whose widths aren't known here.
 */
function writeMixedLine(
  line: Token[],
  lit: Token | null,
  { base, font }: { base: Direction; font: FontMetrics },
): string {
  const words = line.map(({ text }) => text)
  const inOrder = visualOrder(words, base).flatMap((i) => line[i] ?? [])
  return inOrder
    .map((token) => {
      const word = writeWord(token.text, font, `${leftToRightMark}${writeInBase(token.text, base)}${leftToRightMark}`)
      return token === lit ? `{\\1c${accent}}${word}{\\1c${white}}` : word
    })
    .join(' ')
}

function writeInBase(text: string, base: Direction): string {
  const direction = directionOf(text)
  if (direction === 'rtl') return `${rightToLeftEmbedding}${escapeAss(text)}${popDirection}`
  // A number keeps its order; embedding it would make libass draw it with the font it finds for the marks.
  return escapeAss(direction === null && base === 'rtl' ? turnPunctuation(text) : text)
}

function percent(share: number): number {
  return Math.round(share * 10000) / 100
}

function round(pixels: number): number {
  return Math.round(pixels * 100) / 100
}
