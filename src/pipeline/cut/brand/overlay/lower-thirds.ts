import type { BrandPerson } from '../../../../domain/brand.ts'
import { type AssEvent, round, toCentiseconds } from '../../captions/ass-document.ts'
import type { CaptionFonts } from '../../captions/caption-fonts.ts'
import { captionLook } from '../../captions/caption-look.ts'
import type { ClipWord } from '../../captions/clip-word.ts'
import { safeZone } from '../../captions/safe-zone.ts'
import { rectangle } from '../../captions/styles/shapes.ts'
import { wrapTitle } from '../../card/wrap-title.ts'
import type { BrandPalette } from '../colours/brand-palette.ts'
import { assColour } from '../colours/contrast.ts'
import { type Area, collide, stepsBetween } from './areas.ts'
import { introductions, isNoName, type Turn } from './first-turns.ts'
import { drawableText, textLine } from './text-line.ts'

interface LowerThirdsRequest {
  words: readonly ClipWord[]
  lowerThird: { seconds: number; people: readonly BrandPerson[] }
  duration: number
  size: { width: number; height: number }
  fonts: CaptionFonts
  palette: BrandPalette
  /** Never drawn over: captions, faces, the logo, the hook title. */
  keepOff: readonly Area[]
}

export interface LowerThirds {
  areas: Area[]
  events: AssEvent[]
  /** Names that found no free place. */
  left: string[]
}

/** The name of each speaker, where they first speak for longer than a word and there is room for it. */
export function lowerThirds(request: LowerThirdsRequest): LowerThirds {
  const found: LowerThirds = { areas: [], events: [], left: [] }
  for (const turns of introductions(request.words)) {
    const label = labelOf(turns[0]?.speaker ?? '', request)
    if (!label) continue
    const area = turns.reduce<Area | null>((free, turn) => free ?? freeArea(label, turn, { request, found }), null)
    if (!area) found.left.push(label.name)
    else {
      found.areas.push(area)
      found.events.push(...draw(label, area, request))
    }
  }
  return found
}

interface Label {
  name: string
  role: string
  /** Size of the name's letters, pixels. */
  em: number
  w: number
  h: number
}

const roleScale = 0.68
/** In em: the bar before it, and what is round the text. */
const bar = 0.14
const padding = { x: 0.5, y: 0.34 }

function labelOf(speaker: string, { lowerThird, size, fonts }: LowerThirdsRequest): Label | null {
  const person = lowerThird.people.find((its) => its.speaker.toLowerCase() === speaker.trim().toLowerCase())
  if (!person && isNoName(speaker)) return null
  const [name, role] = [person?.name ?? speaker, person?.role ?? ''].map((text) => drawableText(text, fonts))
  if (!name) return null
  const zone = safeZone(size)
  const usual = 0.62 * captionLook(size).fontSize
  const width = 0.8 * (zone.right - zone.left)
  const fit = (text: string, most: number) =>
    wrapTitle(text, { width, mostLines: 1, fontSize: most, leastFontSize: 0.6 * most }, fonts)
  const [fitted, below] = [fit(name, usual), fit(role ?? '', roleScale * usual)]
  const em = fitted.fontSize
  const [nameLine = '', roleLine = ''] = [fitted.lines[0], below.lines[0]]
  const roleWidth = fonts.widthOf(roleLine) * Math.min(below.fontSize, roleScale * em)
  const widest = Math.max(fonts.widthOf(nameLine) * em, roleWidth)
  const rows = roleLine === '' ? 1.16 : 1.16 + 1.22 * roleScale
  return { name: nameLine, role: roleLine, em, w: widest + (bar + 2 * padding.x) * em, h: (rows + 2 * padding.y) * em }
}

/** Low and at the left where it can be, else higher, else at the right. */
function freeArea(
  { w, h }: Label,
  turn: Turn,
  { request, found }: { request: LowerThirdsRequest; found: LowerThirds },
): Area | null {
  const { size, keepOff, lowerThird, duration } = request
  const zone = safeZone(size)
  const start = turn.start
  const end = Math.min(duration, start + lowerThird.seconds, Math.max(turn.end + 0.4, start + 1.8))
  const gap = 0.012 * size.height
  const places = [zone.left, zone.right - w].flatMap((x) =>
    stepsBetween(Math.max(zone.top, zone.bottom - h), zone.top, 32).map((y) => ({ start, end, x, y, w, h })),
  )
  const taken = [...keepOff, ...found.areas]
  return places.find((place) => !taken.some((other) => collide(place, other, gap))) ?? null
}

function draw({ name, role, em }: Label, area: Area, { fonts, palette }: LowerThirdsRequest): AssEvent[] {
  const { x, y, w, h } = area
  const times = { start: toCentiseconds(area.start), end: toCentiseconds(area.end), style: 'brand' }
  const fade = '{\\fad(160,160)}'
  const ground = { colour: assColour(palette.background), transparency: 0x1c }
  const shapes = [
    rectangle({ x, y, width: w, height: h }, ground),
    rectangle({ x, y, width: bar * em, height: h }, { colour: assColour(palette.accentOnBackground) }),
  ]
  const left = round(x + (bar + padding.x) * em)
  const line = (text: string, its: { middle: number; em: number; colour: string }) => {
    const place = `{\\an4\\pos(${left},${round(its.middle)})\\q2\\1c${assColour(its.colour)}}`
    return fade + place + textLine({ text, fonts, em: its.em })
  }
  const texts = [line(name, { middle: y + (padding.y + 0.58) * em, em, colour: palette.onBackground })]
  if (role !== '') {
    const middle = y + (padding.y + 1.16 + 0.61 * roleScale) * em
    texts.push(line(role, { middle, em: roleScale * em, colour: palette.accentOnBackground }))
  }
  return [
    ...shapes.map((shape, i) => ({ ...times, layer: 2 + i, text: fade + shape })),
    ...texts.map((text) => ({ ...times, layer: 4, text })),
  ]
}
