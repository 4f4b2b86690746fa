import type { ShareBox } from '../face-detector.ts'

/** A picture in grays: one byte a pixel, row by row. */
export interface LumaPicture {
  width: number
  height: number
  luma: Uint8Array
}

/** Points compared across a box: enough for eyes, mouth and hair line, few enough to be cheap. */
const grid = 12
/** How far a face may get from one sample to the next, in its own widths; someone walking gets 0.15 far in an eighth of a second. */
const reach = 0.4
/** Tried steps in each direction at each level. */
const steps = 3

/**
 * Where a box of one picture is found in a later one: the place nearby at which the gray values differ least (sum of absolute
 * differences, coarse to fine). The size stays.
 */
export function followPatch(from: LumaPicture, box: ShareBox, to: LumaPicture): ShareBox {
  const patch = readGrid(from, box)
  let best = box
  let least = difference(patch, to, box)
  for (let step = reach / steps; step * box.width * from.width >= 0.5; step /= steps) {
    const middle = best
    for (let dy = -steps; dy <= steps; dy++) {
      for (let dx = -steps; dx <= steps; dx++) {
        const tried = { ...box, x: middle.x + dx * step * box.width, y: middle.y + dy * step * box.height }
        // Standing still is the simplest explanation: what moves has to fit better by more than noise.
        const found = difference(patch, to, tried) + 0.15 * (Math.abs(dx) + Math.abs(dy)) * step
        if (found < least - 1e-9) {
          least = found
          best = tried
        }
      }
    }
  }
  return best
}

/** Mean difference of a box in one picture and a box in another, in steps of gray. */
export function patchDifference(from: LumaPicture, box: ShareBox, to: LumaPicture, there: ShareBox): number {
  return difference(readGrid(from, box), to, there)
}

function difference(patch: Float32Array, to: LumaPicture, box: ShareBox): number {
  const there = readGrid(to, box)
  let sum = 0
  for (let i = 0; i < patch.length; i++) sum += Math.abs((patch[i] ?? 0) - (there[i] ?? 0))
  return sum / patch.length
}

/** The gray values at the points of a grid over a box; outside the picture its border goes on. */
function readGrid(picture: LumaPicture, box: ShareBox): Float32Array {
  return readPart(picture, box, { columns: grid, rows: grid })
}

export function readPart(
  { width, height, luma }: LumaPicture,
  box: ShareBox,
  { columns, rows }: { columns: number; rows: number },
): Float32Array {
  const values = new Float32Array(columns * rows)
  for (let row = 0; row < rows; row++) {
    const y = clamp(Math.round((box.y + (box.height * (row + 0.5)) / rows) * height - 0.5), height)
    for (let column = 0; column < columns; column++) {
      const x = clamp(Math.round((box.x + (box.width * (column + 0.5)) / columns) * width - 0.5), width)
      values[row * columns + column] = luma[y * width + x] ?? 0
    }
  }
  return values
}

function clamp(value: number, length: number): number {
  return value < 0 ? 0 : value >= length ? length - 1 : value
}
