import type { RgbPicture } from '../../pipeline/reframe/face-detector.ts'
import { fullSide, sideStep } from './ssd-network.ts'

/** What the network looks at: the picture, then black to the right and below. Values −1 to 1. */
export interface SsdPicture {
  values: Float32Array
  width: number
  height: number
  /** Pixels of the picture to one pixel of this. */
  factor: number
}

const black = -1

/**
 * A picture for the network: its long side scaled to what a margin leaves of 512 (1.6 leaves 320), with at least a cell of black behind it, as in
 * the whole square. Where two pixels become one their mean is taken: letters and noise else look like faces.
 */
export function ssdPicture(picture: RgbPicture, margin: number): SsdPicture {
  const factor = (margin * Math.max(picture.width, picture.height)) / fullSide
  const [wide, high] = [sideOf(picture.width, factor), sideOf(picture.height, factor)]
  const [width, height] = [roomFor(wide), roomFor(high)]
  const values = new Float32Array(3 * width * height).fill(black)
  const read = factor >= 2 ? meanAt : pointAt
  for (let y = 0; y < high; y++) {
    for (let x = 0; x < wide; x++) {
      for (let colour = 0; colour < 3; colour++) {
        values[3 * (y * width + x) + colour] =
          read(picture, { x: x * factor, y: y * factor, colour, factor }) / 127.5 - 1
      }
    }
  }
  return { values, width, height, factor }
}

function sideOf(length: number, factor: number): number {
  return Math.max(1, Math.min(fullSide, Math.round(length / factor)))
}

function roomFor(length: number): number {
  return Math.min(fullSide, (Math.ceil(length / sideStep) + 1) * sideStep)
}

interface Place {
  x: number
  y: number
  colour: number
  factor: number
}

function meanAt({ width, height, pixels }: RgbPicture, { x, y, colour, factor }: Place): number {
  const [left, top] = [Math.floor(x), Math.floor(y)]
  const [right, bottom] = [Math.min(width, Math.floor(x + factor)), Math.min(height, Math.floor(y + factor))]
  let [sum, count] = [0, 0]
  for (let row = top; row < bottom; row++) {
    for (let column = left; column < right; column++) {
      sum += pixels[3 * (row * width + column) + colour] ?? 0
      count++
    }
  }
  return count === 0 ? 0 : sum / count
}

/** Between the four pixels around. */
function pointAt({ width, height, pixels }: RgbPicture, { x, y, colour }: Place): number {
  const [left, top] = [Math.min(width - 1, Math.floor(x)), Math.min(height - 1, Math.floor(y))]
  const [right, bottom] = [Math.min(width - 1, left + 1), Math.min(height - 1, top + 1)]
  const [dx, dy] = [x - left, y - top]
  const here = (column: number, row: number) => pixels[3 * (row * width + column) + colour] ?? 0
  const upper = here(left, top) * (1 - dx) + here(right, top) * dx
  return upper * (1 - dy) + (here(left, bottom) * (1 - dx) + here(right, bottom) * dx) * dy
}
