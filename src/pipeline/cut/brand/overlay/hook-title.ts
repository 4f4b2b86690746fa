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
  const zone = safeZone(size)
  const middle = size.width / 2
  const widest = 2 * Math.min(middle - zone.left, zone.right - middle)
  const usual = 0.86 * captionLook(size).fontSize
  const tries = sizes.map(([share, mostLines]) => {
    const fontSize = share * usual
    const room = { width: widest - 2 * padding.x * fontSize, mostLines, fontSize, leastFontSize: 0.72 * fontSize }
    const wrapped = wrapTitle(text, room, fonts)
    return { wrapped, area: freeArea({ ...boxOf(wrapped, fonts), request, zone }) }
  })
  // As large as it can be without hiding a face; where that can't be helped, as little of one as can be.
  const covered = ({ area }: { area: Area | null }) => (area ? mostCovered(area, request.faces) : Infinity)
  const { wrapped, area } = tries.toSorted((a, b) => covered(a) - covered(b))[0] ?? {}
  if (!wrapped || !area) return null
  return { area, events: draw(wrapped, { area, fonts, seconds, colours: request.colours }) }
}

/** Sizes of the letters, as shares of the usual one, and how many lines there may be. */
const sizes = [
  [1, 3],
  [0.8, 3],
  [0.66, 2],
  [0.55, 2],
] as const

function boxOf({ lines, fontSize }: WrappedTitle, fonts: CaptionFonts): { w: number; h: number } {
  const widest = Math.max(...lines.map((line) => fonts.widthOf(line) * fontSize))
  return { w: widest + 2 * padding.x * fontSize, h: (lines.length * leading + 2 * padding.y) * fontSize }
}

interface Search {
  w: number
  h: number
  request: HookRequest
  zone: { top: number; bottom: number }
}

/** High up where it can be, and off faces before that. */
function freeArea({ w, h, request, zone }: Search): Area | null {
  const { size, seconds, keepOff, faces } = request
  const gap = 0.012 * size.height
  const areas = stepsBetween(zone.top, Math.max(zone.top, zone.bottom - h), 28)
    .map((y) => ({ start: 0, end: seconds, x: (size.width - w) / 2, y, w, h }))
    .filter((area) => area.y + area.h <= zone.bottom + 1 && !keepOff.some((other) => collide(area, other, gap)))
  const cost = (area: Area) => 3 * mostCovered(area, faces) + (area.y - zone.top) / size.height
  return areas.toSorted((a, b) => cost(a) - cost(b))[0] ?? null
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
