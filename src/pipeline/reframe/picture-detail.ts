import type { CropBox } from '../../domain/clip.ts'

/** A small picture in grays: one byte a pixel, row by row. */
export interface GrayFrame {
  width: number
  height: number
  pixels: Uint8Array
}

export interface PictureDetail {
  /** Share of what there is to see that lies inside the box, 0 to 1. */
  inside: number
  /** True when there is next to nothing to see: black, white, fog. */
  flat: boolean
}

/** Steps of gray between neighbours that are compression noise rather than an edge. */
const edgeNoise = 10
/** Steps of gray between two moments that are noise or flicker rather than movement. */
const motionNoise = 14
/** Mean edge strength per pixel below which a picture shows nothing; a black frame has 0, a plain wall with one face about 2. */
const flatBelow = 0.25
/** Movement counts only when it is real: mean per pixel between two moments. */
const motionFrom = 0.3

/**
 * How much of what there is to see lies inside a box. Edges say where things are, movement says which of them lives: a person
 * before full bookshelves moves, the shelves do not. Where there is movement both count the same; else edges alone.
 *
 * @param frames moments of one scene, of one size
 * @param box in shares of the picture (0 to 1)
 */
export function measureDetail(frames: readonly GrayFrame[], box: CropBox): PictureDetail {
  const edges = add(frames.map((frame) => sumEdges(frame, box)))
  const motion = add(frames.slice(1).map((frame, i) => sumMotion(frames[i] ?? frame, frame, box)))
  const pixels = add(frames.map(({ width, height }) => ({ inside: 0, all: width * height }))).all
  const flat = edges.all < flatBelow * pixels
  const moves = motion.all >= motionFrom * pixels
  const edgeShare = shareOf(edges)
  return { inside: moves ? (edgeShare + shareOf(motion)) / 2 : edgeShare, flat }
}

interface Sum {
  inside: number
  all: number
}

function sumEdges({ width, height, pixels }: GrayFrame, box: CropBox): Sum {
  return sumPixels({ width: width - 1, height: height - 1 }, box, (x, y) => {
    const here = y * width + x
    const gray = pixels[here] ?? 0
    const step = Math.abs(gray - (pixels[here + 1] ?? gray)) + Math.abs(gray - (pixels[here + width] ?? gray))
    return step > edgeNoise ? step : 0
  })
}

function sumMotion(before: GrayFrame, after: GrayFrame, box: CropBox): Sum {
  return sumPixels(after, box, (x, y) => {
    const here = y * after.width + x
    const step = Math.abs((after.pixels[here] ?? 0) - (before.pixels[here] ?? 0))
    return step > motionNoise ? step : 0
  })
}

function sumPixels(
  size: { width: number; height: number },
  box: CropBox,
  valueAt: (x: number, y: number) => number,
): Sum {
  const sum = { inside: 0, all: 0 }
  const [left, right] = [box.x * size.width, (box.x + box.width) * size.width]
  const [top, bottom] = [box.y * size.height, (box.y + box.height) * size.height]
  for (let y = 0; y < size.height; y++) {
    for (let x = 0; x < size.width; x++) {
      const value = valueAt(x, y)
      sum.all += value
      if (x >= left && x < right && y >= top && y < bottom) sum.inside += value
    }
  }
  return sum
}

function add(sums: Sum[]): Sum {
  return sums.reduce((total, { inside, all }) => ({ inside: total.inside + inside, all: total.all + all }), {
    inside: 0,
    all: 0,
  })
}

function shareOf({ inside, all }: Sum): number {
  return all > 0 ? inside / all : 0
}
