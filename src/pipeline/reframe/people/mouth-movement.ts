import type { ShareBox } from '../face-detector.ts'
import { type LumaPicture, readPart } from '../look/follow-patch.ts'

/** Parts of a face's box (forehead to chin) in shares of it. The upper one has the eyes and moves with the head only. */
const mouth = { x: 0.25, y: 0.62, width: 0.5, height: 0.34 }
const upper = { x: 0.2, y: 0.08, width: 0.6, height: 0.4 }
const points = { columns: 14, rows: 10 }
/** Mean steps of gray that noise and compression make. */
const noise = 1.5

/**
 * How much a mouth moved between two pictures, in mean steps of gray: what changed around it, less what changed in the upper
 * half of the same face, which tells how much of it is the head's own movement. 0 for a closed mouth.
 */
export function mouthMovement(
  before: { picture: LumaPicture; box: ShareBox },
  after: { picture: LumaPicture; box: ShareBox },
): number {
  const changed = (part: ShareBox) => {
    const [was, is] = [before, after].map(({ picture, box }) => readPart(picture, partOf(box, part), points))
    return meanDifference(was ?? new Float32Array(), is ?? new Float32Array())
  }
  return Math.max(0, changed(mouth) - Math.max(noise, 0.8 * changed(upper)))
}

function partOf(box: ShareBox, part: ShareBox): ShareBox {
  return {
    x: box.x + part.x * box.width,
    y: box.y + part.y * box.height,
    width: part.width * box.width,
    height: part.height * box.height,
  }
}

/** Light that changes everywhere is no movement: the mean of each side is taken out first. */
function meanDifference(a: Float32Array, b: Float32Array): number {
  const mean = (values: Float32Array) => values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length)
  const [middleA, middleB] = [mean(a), mean(b)]
  let sum = 0
  for (let i = 0; i < a.length; i++) sum += Math.abs((a[i] ?? 0) - middleA - ((b[i] ?? 0) - middleB))
  return sum / Math.max(1, a.length)
}
