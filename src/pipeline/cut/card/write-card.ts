import type { CropBox } from '../../../domain/clip.ts'
import { assColour } from '../brand/colours/contrast.ts'
import { textLine } from '../brand/overlay/text-line.ts'
import { formatTime, toCentiseconds } from '../captions/ass-document.ts'
import { withTransparency } from '../captions/caption-colours.ts'
import type { FontMetrics } from '../captions/caption-font.ts'
import type { CaptionFonts } from '../captions/caption-fonts.ts'
import { captionLook } from '../captions/caption-look.ts'
import { cleanText } from '../captions/clean-text.ts'
import { escapeAss } from '../captions/escape-ass.ts'
import { baseDirection } from '../captions/visual-order.ts'
import { withoutPictures } from '../captions/without-pictures.ts'
import { cardBackground } from './card-background.ts'
import { type WrappedTitle, wrapTitle } from './wrap-title.ts'

interface CardContent {
  /** Name of the recording. */
  title: string
  /** Name of the podcast or channel, where known. */
  show: string | null
  /** Whether the recording brings a cover picture. */
  hasCover: boolean
  /** Of the picture, in pixels. */
  size: { width: number; height: number }
  frameRate: number
  font: FontMetrics
  /** Where cover and title may be, pixels from the top; above the usual captions unless told. */
  room?: { top: number; bottom: number } | undefined
  /** A brand's looks. */
  brand?: CardBrand | null | undefined
  /** What stands in the title's place at the beginning. */
  hook?: { text: string; seconds: number } | null | undefined
}

export interface CardBrand {
  fonts: CaptionFonts
  /** `#RRGGBB` */
  background: string
  letters: string
  accent: string
  /** Whether its logo stands in an upper corner: the title then keeps to the middle. */
  hasLogoAbove: boolean
}

export interface Card {
  /** An endless lavfi source: the background without its text, in the size and frame rate asked for. */
  lavfiSource: string
  /** Title, show and ornaments for ffmpeg's `ass` filter; they stay clear of the captions. */
  ass: string
  /** Where a square cover picture goes, scaled to fit, in pixels from the top left; null when there is none. */
  coverBox: CropBox | null
}

/** A plain picture for recordings without one: who is heard, over a quiet background, with room for the captions. */
export function writeCard(content: CardContent): Card {
  const { title, hook, hasCover, size, frameRate, brand = null, room = usualRoom(size) } = content
  const laidOut = layOut(size, { hasCover, room })
  const layout = brand?.hasLogoAbove ? { ...laidOut, width: 0.76 * laidOut.width } : laidOut
  const rest = { start: hook ? hook.seconds : 0, end: endless }
  const texts = [
    ...(hook
      ? [writeTexts({ ...content, title: hook.text, show: null }, layout, { start: 0, end: hook.seconds })]
      : []),
    writeTexts({ ...content, title }, layout, rest),
  ]
  return {
    lavfiSource: cardBackground(size, frameRate, brand?.background ?? null),
    ass: `${header(size, content)}${texts.join('')}`,
    coverBox: layout.cover,
  }
}

/** Longer than any clip, seconds. */
const endless = 35_999.99

/** When a text is there, seconds of the clip. */
interface Times {
  start: number
  end: number
}

function writeTexts({ title, show, brand, ...content }: CardContent, layout: Layout, times: Times): string {
  const font = brand?.fonts ?? content.font
  const [name, by] = [title, show ?? ''].map((text) => withoutPictures(cleanText(text), font))
  const wrapped = wrapTitle(name ?? '', { ...layout, mostLines: 3, leastFontSize: layout.fontSize * 0.55 }, font)
  const byline = wrapTitle(
    by ?? '',
    { width: layout.width, mostLines: 1, fontSize: layout.fontSize * 0.5, leastFontSize: layout.fontSize * 0.36 },
    font,
  )
  return writeBlock(wrapped, byline, { ...layout, ...times, font, fonts: brand?.fonts ?? null })
}

/** From line to line, in em of the line. */
const leading = 1.2
/** Between title and show, in em of the title. */
const bylineGap = 0.45

interface Layout {
  cover: CropBox | null
  /** Middle of the text; its left edge when `align` is `left`. */
  x: number
  y: number
  width: number
  fontSize: number
  align: 'left' | 'centre'
  /** Whether an accent bar stands over the title. */
  bar: boolean
}

interface Size {
  width: number
  height: number
}

interface Space {
  hasCover: boolean
  room: { top: number; bottom: number }
}

function usualRoom(size: Size): Space['room'] {
  const look = captionLook(size)
  return { top: 0.07 * size.height, bottom: look.centre.y - 1.8 * look.fontSize }
}

/** Tall and square pictures stack cover and text; wide ones set them side by side. */
function layOut({ width, height }: Size, { hasCover, room: { top, bottom } }: Space): Layout {
  const room = bottom - top
  const fontSize = Math.min(0.085 * width, 0.085 * height)
  const centred = { x: width / 2, width: 0.8 * width, fontSize, align: 'centre', bar: true } as const
  // Three lines of title, the bar over them, the show's name and the gap between take this many times the title's size.
  const fits = room / (3 * leading + 0.86 + 0.5 * leading + bylineGap)
  if (!hasCover) return { ...centred, fontSize: Math.min(fontSize, fits), cover: null, y: top + 0.48 * room }
  if (width / height >= 1.3) {
    const side = 0.66 * room
    const cover = square({ x: 0.08 * width, y: top + (room - side) / 2, side })
    const x = cover.x + side + 0.045 * width
    const its = Math.min(0.9 * fontSize, fits)
    return { cover, x, y: top + room / 2, width: 0.92 * width - x, fontSize: its, align: 'left', bar: true }
  }
  const side = Math.min(0.5 * width, 0.47 * room)
  const cover = square({ x: (width - side) / 2, y: top, side })
  const below = cover.y + side
  const rest = bottom - below
  // Three lines of title, the show's name and the gap between them take this many times the title's size.
  const fitting = (0.88 * rest) / (3 * leading + 0.5 * leading + bylineGap)
  return { ...centred, fontSize: Math.min(fontSize, fitting), cover, y: below + rest / 2, bar: false }
}

function square({ x, y, side }: { x: number; y: number; side: number }): CropBox {
  const even = (pixels: number) => Math.max(2, 2 * Math.round(pixels / 2))
  return { x: even(x), y: even(y), width: even(side), height: even(side) }
}

function header({ width, height }: Size, { font, brand = null }: Pick<CardContent, 'font' | 'brand'>): string {
  const [letters, accent] = brand ? [brand.letters, brand.accent].map(styleColour) : ['&H00FFFFFF', '&H001FD4FF']
  // Encoding -1 lets libass find each line's direction by its first letter.
  const style = (name: string, colour: string) =>
    `Style: ${name},${font.family},20,${colour},${colour},&H00000000,&H00000000,0,0,0,0,100,100,0,0,1,0,0,5,0,0,0,-1`
  return `[Script Info]
ScriptType: v4.00+
PlayResX: ${width}
PlayResY: ${height}
WrapStyle: 2
ScaledBorderAndShadow: yes
Kerning: yes

[V4+ Styles]
Format: Name, Fontname, Fontsize, PrimaryColour, SecondaryColour, OutlineColour, BackColour, Bold, Italic, Underline, StrikeOut, ScaleX, ScaleY, Spacing, Angle, BorderStyle, Outline, Shadow, Alignment, MarginL, MarginR, MarginV, Encoding
${style('title', letters ?? '')}
${style('show', '&H00F2C8BD')}
${style('accent', accent ?? '')}

[Events]
Format: Layer, Start, End, Style, Name, MarginL, MarginR, MarginV, Effect, Text
`
}

interface Drawing extends Layout, Times {
  font: FontMetrics
  /** A brand's, which draws what it lacks with others. */
  fonts: CaptionFonts | null
}

function styleColour(colour: string): string {
  return withTransparency(assColour(colour), 0)
}

/** The accent bar, the title's lines and the show's name, stacked and centred on the layout's middle. */
function writeBlock(title: WrappedTitle, byline: WrappedTitle, layout: Drawing): string {
  const bar = { width: 1.5 * layout.fontSize, height: 0.11 * layout.fontSize }
  const beforeTitle = layout.bar ? bar.height + 0.75 * layout.fontSize : 0
  const shown = byline.lines.filter((line) => line !== '')
  const gap = shown.length > 0 ? bylineGap * layout.fontSize : 0
  const titleHeight = title.lines.length * leading * title.fontSize
  const top = layout.y - (beforeTitle + titleHeight + gap + shown.length * leading * byline.fontSize) / 2
  const titleTop = top + beforeTitle
  return [
    ...(layout.bar ? [writeBar({ ...bar, y: top }, layout)] : []),
    ...writeLines('title', title, { ...layout, top: titleTop }),
    ...writeLines('show', { ...byline, lines: shown }, { ...layout, top: titleTop + titleHeight + gap }),
  ].join('')
}

function writeBar({ width, height, y }: { width: number; height: number; y: number }, drawing: Drawing): string {
  const { x, align } = drawing
  const [left, w, h] = [align === 'left' ? x : x - width / 2, pixels(width), pixels(height)]
  const shape = `m 0 0 l ${w} 0 l ${w} ${h} l 0 ${h}`
  return event('accent', drawing, `{\\an7\\pos(${pixels(left)},${pixels(y)})\\p1}${shape}{\\p0}`)
}

function writeLines(style: string, { lines, fontSize }: WrappedTitle, drawing: Drawing & { top: number }): string[] {
  const { x, top, align, font, fonts } = drawing
  return lines.map((line, i) => {
    const y = top + (i + 0.5) * leading * fontSize
    const place = `\\an${align === 'left' ? 4 : 5}\\pos(${pixels(x)},${pixels(y)})`
    if (fonts) return event(style, drawing, `{${place}\\q2}${textLine({ text: line, fonts, em: fontSize })}`)
    // A right-to-left mark keeps such a title's order even where a line begins with a Latin word.
    const mark = baseDirection(line.split(' ')) === 'rtl' ? '\u200f' : ''
    const bold = font.covers(line) ? '' : '\\b1'
    return event(
      style,
      drawing,
      `{${place}\\q2\\fs${pixels(fontSize * font.lineHeight)}${bold}}${mark}${escapeAss(line)}`,
    )
  })
}

function event(style: string, { start, end }: Times, text: string): string {
  return `Dialogue: 0,${formatTime(toCentiseconds(start))},${formatTime(toCentiseconds(end))},${style},,0,0,0,,${text}\n`
}

function pixels(value: number): number {
  return Math.round(value * 100) / 100
}
