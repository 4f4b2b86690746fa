/** A small picture in grays: one byte a pixel (0 black, 255 white: ffmpeg's `gray` is full range), row by row. */
export interface GrayPicture {
  width: number
  height: number
  pixels: Uint8Array
}

/** Cuts raw gray video (as ffmpeg's `rawvideo` writes it) into its pictures; an unfinished last one is left out. */
export function splitGrayPictures(
  bytes: Uint8Array,
  { width, height }: { width: number; height: number },
): GrayPicture[] {
  const size = width * height
  return Array.from({ length: Math.floor(bytes.length / size) }, (_, i) => ({
    width,
    height,
    pixels: bytes.subarray(i * size, (i + 1) * size),
  }))
}

/** Mean light, 0 (black) to 255 (white). */
export function brightnessOf({ pixels }: GrayPicture): number {
  return pixels.length === 0 ? 0 : pixels.reduce((sum, gray) => sum + gray, 0) / pixels.length
}

/** Compression and the blur's rounding make a few steps of black. */
const almostBlack = 12

/** Share of the pixels that are as good as black, 0 to 1. */
export function blackShareOf({ pixels }: GrayPicture): number {
  return pixels.length === 0
    ? 1
    : pixels.reduce((count, gray) => count + (gray <= almostBlack ? 1 : 0), 0) / pixels.length
}

/**
 * How sharp a picture is: the variance of its Laplacian, high where there are fine edges, near zero when out of focus or
 * blurred by movement (Pech-Pacheco et al., 2000). Comparable only between pictures of one size. `rows` leaves out what
 * always has sharp edges, such as captions: first row and the one after the last, as shares of the height.
 */
export function sharpnessOf({ width, height, pixels }: GrayPicture, rows = { from: 0, to: 1 }): number {
  const [top, bottom] = [
    Math.max(1, Math.floor(rows.from * height)),
    Math.min(height - 1, Math.floor(rows.to * height)),
  ]
  let [sum, squares, count] = [0, 0, 0]
  for (let y = top; y < bottom; y++) {
    for (let at = y * width + 1; at < (y + 1) * width - 1; at++) {
      const around = gray(pixels, at - 1) + gray(pixels, at + 1) + gray(pixels, at - width) + gray(pixels, at + width)
      const edge = 4 * gray(pixels, at) - around
      sum += edge
      squares += edge * edge
      count++
    }
  }
  return count === 0 ? 0 : squares / count - (sum / count) ** 2
}

/** Steps of gray that compression makes of one and the same pixel. */
const noise = 10

/** Share of the pixels that differ by more than noise, 0 to 1; `skip` marks pixels that do not count. */
export function changedShare(a: GrayPicture, b: GrayPicture, skip?: Uint8Array): number {
  let [changed, counted] = [0, 0]
  for (let i = 0; i < a.pixels.length; i++) {
    if (skip?.[i]) continue
    counted++
    if (Math.abs(gray(a.pixels, i) - gray(b.pixels, i)) > noise) changed++
  }
  return counted === 0 ? 0 : changed / counted
}

function gray(pixels: Uint8Array, at: number): number {
  return pixels[at] ?? 0
}
