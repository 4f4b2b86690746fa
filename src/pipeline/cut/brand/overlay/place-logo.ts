import type { BrandLogo } from '../../../../domain/brand.ts'
import type { CropBox } from '../../../../domain/clip.ts'
import { safeZone } from '../../captions/safe-zone.ts'
import { type Area, collide } from './areas.ts'

interface LogoRequest {
  logo: Pick<BrandLogo, 'place' | 'size' | 'margin'>
  /** Of the picture file, pixels. */
  picture: { width: number; height: number }
  /** Of the clip. */
  size: { width: number; height: number }
  /** Seconds. */
  duration: number
  captions: readonly Area[]
}

/**
 * Where the logo stands all through the clip: in one of nine places of what the apps leave free. One that would be under
 * captions goes up to above them. All four are even, because colours are stored for two pixels at a time.
 */
export function placeLogo({ logo, picture, size, duration, captions }: LogoRequest): CropBox {
  const zone = safeZone(size)
  const short = Math.min(size.width, size.height)
  const margin = logo.margin * short
  const room = { width: zone.right - zone.left - 2 * margin, height: zone.bottom - zone.top - 2 * margin }
  const wanted = (logo.size * short) / Math.max(picture.width, picture.height)
  const scale = Math.min(wanted, room.width / picture.width, room.height / picture.height)
  const [width, height] = [picture.width, picture.height].map((side) => Math.max(2, even(side * scale))) as [
    number,
    number,
  ]
  const x = across(logo.place, {
    from: zone.left + margin,
    to: zone.right - margin - width,
    middle: (size.width - width) / 2,
  })
  const [top, bottom] = [zone.top + margin, zone.bottom - margin - height]
  const y = logo.place.startsWith('top') ? top : logo.place.startsWith('bottom') ? bottom : (top + bottom) / 2
  const box = { x: even(x), y: even(y), width, height }
  return clearOf(box, { captions, duration, top, gap: 0.012 * size.height })
}

function across(place: string, { from, to, middle }: { from: number; to: number; middle: number }): number {
  if (place.endsWith('left')) return from
  return place.endsWith('right') ? to : middle
}

interface Clearing {
  captions: readonly Area[]
  duration: number
  /** The highest it may go. */
  top: number
  gap: number
}

function clearOf(box: CropBox, { captions, duration, top, gap }: Clearing): CropBox {
  const area = { start: 0, end: duration, x: box.x, y: box.y, w: box.width, h: box.height }
  const inTheWay = captions.filter((caption) => collide(area, caption, gap))
  if (inTheWay.length === 0) return box
  const above = even(Math.min(...inTheWay.map(({ y }) => y)) - gap - box.height)
  return above < top ? box : clearOf({ ...box, y: above }, { captions, duration, top, gap })
}

function even(pixels: number): number {
  return 2 * Math.floor(pixels / 2 + 1e-6)
}
