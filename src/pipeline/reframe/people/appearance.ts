import type { RgbPicture, ShareBox } from '../face-detector.ts'

/** Shades told apart of each of the three colours: more among the dark ones, or all of a dim room would be one colour. */
const shades = 4
const shadeOf = Uint8Array.from({ length: 256 }, (_, value) => Math.floor(Math.sqrt(value / 256) * shades))

/**
 * What somebody looks like, cheaply: how often each of 64 colours occurs from the hair down to the shoulders. People keep their
 * clothes on from one shot to the next, and light changes less than faces turn.
 */
export function appearanceOf({ width, height, pixels }: RgbPicture, face: ShareBox): number[] {
  const counts = Array.from({ length: shades ** 3 }, () => 0)
  const left = toPixel(face.x - 0.35 * face.width, width)
  const right = toPixel(face.x + 1.35 * face.width, width)
  const top = toPixel(face.y - 0.35 * face.height, height)
  const bottom = toPixel(face.y + 2.2 * face.height, height)
  const step = Math.max(1, Math.floor((right - left) / 40))
  let seen = 0
  for (let y = top; y < bottom; y += step) {
    for (let x = left; x < right; x += step) {
      const at = 3 * (y * width + x)
      const shade = (offset: number) => shadeOf[pixels[at + offset] ?? 0] ?? 0
      const colour = (shade(0) * shades + shade(1)) * shades + shade(2)
      counts[colour] = (counts[colour] ?? 0) + 1
      seen++
    }
  }
  return counts.map((count) => count / Math.max(1, seen))
}

/** Histogram intersection (Swain and Ballard, 1991): 1 the same colours, 0 none in common. */
export function sameColours(a: readonly number[], b: readonly number[]): number {
  return a.reduce((sum, share, i) => sum + Math.min(share, b[i] ?? 0), 0)
}

function toPixel(share: number, length: number): number {
  return Math.min(length, Math.max(0, Math.round(share * length)))
}
