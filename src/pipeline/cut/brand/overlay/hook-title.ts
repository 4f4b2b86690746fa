import { type AssEvent, round, toCentiseconds } from '../../captions/ass-document.ts'
import type { CaptionFonts } from '../../captions/caption-fonts.ts'
import { captionLook } from '../../captions/caption-look.ts'
import { safeZone } from '../../captions/safe-zone.ts'
import { rectangle } from '../../captions/styles/shapes.ts'
import { type WrappedTitle, wrapTitle } from '../../card/wrap-title.ts'
import { assColour } from '../colours/contrast.ts'
import { type Area, collide, mostCovered, stepsBetween } from './areas.ts'
import { drawableText, textLine } from './text-line.ts'

interface HookRequest {
  text: string
  /** How long it is shown, seconds from the clip's beginning. */
  seconds: number
  size: { width: number; height: number }
  fonts: CaptionFonts
  colours: { box: string; onBox: string }
  /** Never drawn over: captions, the logo. */
  keepOff: readonly Area[]
  /** Drawn over as little as can be. */
  faces: readonly Area[]
}

export interface DrawnHook {
  area: Area
  events: AssEvent[]
}

/** From line to line, and round the text, in em. */
const leading = 1.16
const padding = { x: 0.55, y: 0.42 }
/** How it goes, milliseconds. It is there from the first picture on: that one is the thumbnail in many apps. */
const fadeOut = 220

/** A title over the beginning of a clip; null where there is no room for it that captions leave. */
export function hookTitle(request: HookRequest): DrawnHook | null {
  const { size, fonts, seconds, text: asked } = request
  const text = drawableText(asked, fonts)
  if (text === '') return null
  const usual = 0.86 * captionLook(size).fontSize
  const zone = safeZone(size)
  const widest = 2 * Math.min(size.width / 2 - zone.left, zone.right - size.width / 2)
  const places = sizes.flatMap(({ letters, mostLines }) =>
    widths.flatMap((width) => {
      const fontSize = letters * usual
      const room = { width: width * widest - 2 * padding.x * fontSize, mostLines, fontSize }
      const wrapped = wrapTitle(text, { ...room, leastFontSize: 0.72 * fontSize }, fonts)
      const isCut = wrapped.lines.at(-1)?.endsWith('…') && !text.endsWith('…')
      const smaller = 0.8 * (1 - wrapped.fontSize / usual) + (isCut ? 2 : 0)
      return freePlaces(boxOf(wrapped, fonts), request).map(({ area, cost }) => ({
        wrapped,
        area,
        cost: cost + smaller,
      }))
    }),
  )
  const best = places.toSorted((a, b) => a.cost - b.cost)[0]
  if (!best) return null
  return { area: best.area, events: draw(best.wrapped, { area: best.area, fonts, seconds, colours: request.colours }) }
}

/** Sizes of the letters, as shares of the usual one, and how many lines there may be. */
const sizes = [
  { letters: 1, mostLines: 3 },
  { letters: 0.8, mostLines: 3 },
  { letters: 0.66, mostLines: 2 },
  { letters: 0.55, mostLines: 2 },
]
/** How broad the title may be, as shares of the most: a narrow one stands beside a logo. */
const widths = [1, 0.84, 0.7]

function boxOf({ lines, fontSize }: WrappedTitle, fonts: CaptionFonts): { w: number; h: number } {
  const widest = Math.max(...lines.map((line) => fonts.widthOf(line) * fontSize))
  return { w: widest + 2 * padding.x * fontSize, h: (lines.length * leading + 2 * padding.y) * fontSize }
}

/** Where it keeps off all it must, with what each place costs: a face that is hidden most, then hair, then lowness, then being off the middle. */
function freePlaces({ w, h }: { w: number; h: number }, { size, seconds, keepOff, faces }: HookRequest) {
  const zone = safeZone(size)
  const gap = 0.012 * size.height
  const heads = faces.map(withHair)
  const middle = (size.width - w) / 2
  return stepsBetween(zone.top, Math.max(zone.top, zone.bottom - h), 28)
    .flatMap((y) => [middle, zone.left, zone.right - w].map((x) => ({ start: 0, end: seconds, x, y, w, h })))
    .filter((area) => area.y + area.h <= zone.bottom + 1 && !keepOff.some((other) => collide(area, other, gap)))
    .map((area) => {
      const hidden = 3 * mostCovered(area, faces) + 0.4 * mostCovered(area, heads)
      return { area, cost: hidden + (area.y - zone.top) / size.height + (area.x === middle ? 0 : 0.06) }
    })
}

/** What detectors call a face begins at the brows. Shares of its sides. */
function withHair({ x, y, w, h, ...times }: Area): Area {
  return { ...times, x: x - 0.15 * w, y: y - 0.45 * h, w: 1.3 * w, h: 1.45 * h }
}

interface Drawing {
  area: Area
  fonts: CaptionFonts
  seconds: number
  colours: { box: string; onBox: string }
}

function draw({ lines, fontSize }: WrappedTitle, { area, fonts, seconds, colours }: Drawing): AssEvent[] {
  const times = { start: 0, end: toCentiseconds(seconds), style: 'brand' }
  const { x, y, w, h } = area
  const fade = `{\\fad(0,${fadeOut})}`
  const card = rectangle({ x, y, width: w, height: h }, { colour: assColour(colours.box), radius: 0.32 * fontSize })
  return [
    { ...times, layer: 0, text: fade + card },
    ...lines.map((line, i) => {
      const middle = y + (padding.y + (i + 0.5) * leading) * fontSize
      const place = `{\\an5\\pos(${round(x + w / 2)},${round(middle)})\\q2\\1c${assColour(colours.onBox)}}`
      return { ...times, layer: 1, text: fade + place + textLine({ text: line, fonts, em: fontSize }) }
    }),
  ]
}
