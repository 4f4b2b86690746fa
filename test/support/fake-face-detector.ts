import type { Face, FaceDetector, RgbPicture } from '../../src/pipeline/reframe/face-detector.ts'
import { mostFaces } from '../../src/pipeline/reframe/face-detector.ts'

/** Pixels of a cell in which magenta is looked for. */
const cell = 4

/** Takes every magenta patch for a face: what tests draw with ffmpeg's `color=magenta`. */
export class FakeFaceDetector implements FaceDetector {
  readonly name = 'fake'
  readonly version = '1'
  /** How often it was asked. */
  asked = 0
  /** Thrown with the question of this number, and with all later ones. */
  failing: { from: number; error: Error } | null = null

  async findFaces(picture: RgbPicture, { signal }: { signal: AbortSignal }): Promise<Face[]> {
    signal.throwIfAborted()
    this.asked++
    // Others answer later, too.
    await Promise.resolve()
    signal.throwIfAborted()
    if (this.failing && this.asked >= this.failing.from) throw this.failing.error
    return findPatches(picture).slice(0, mostFaces)
  }
}

function findPatches({ width, height, pixels }: RgbPicture): Face[] {
  const [columns, rows] = [Math.ceil(width / cell), Math.ceil(height / cell)]
  const isMagenta = (column: number, row: number): boolean => {
    const x = Math.min(width - 1, column * cell + cell / 2)
    const y = Math.min(height - 1, row * cell + cell / 2)
    const [red = 0, green = 0, blue = 0] = pixels.subarray(3 * (y * width + x))
    return red > 180 && blue > 180 && green < 90
  }
  const seen = new Set<number>()
  const faces: Face[] = []
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      if (seen.has(row * columns + column) || !isMagenta(column, row)) continue
      const patch = spread({ column, row }, { columns, rows, seen, isMagenta })
      if (patch.cells < 4) continue
      const box = {
        x: (patch.left * cell) / width,
        y: (patch.top * cell) / height,
        width: Math.min(1, ((patch.right + 1) * cell) / width) - (patch.left * cell) / width,
        height: Math.min(1, ((patch.bottom + 1) * cell) / height) - (patch.top * cell) / height,
      }
      faces.push({ box, score: Math.min(0.99, 0.5 + box.width), turned: null })
    }
  }
  return faces.toSorted((a, b) => b.score - a.score)
}

interface Field {
  columns: number
  rows: number
  seen: Set<number>
  isMagenta: (column: number, row: number) => boolean
}

function spread(from: { column: number; row: number }, { columns, rows, seen, isMagenta }: Field) {
  const patch = { left: from.column, right: from.column, top: from.row, bottom: from.row, cells: 0 }
  const waiting = [from]
  for (let next = waiting.pop(); next; next = waiting.pop()) {
    const { column, row } = next
    const at = row * columns + column
    if (column < 0 || row < 0 || column >= columns || row >= rows || seen.has(at) || !isMagenta(column, row)) continue
    seen.add(at)
    patch.cells++
    patch.left = Math.min(patch.left, column)
    patch.right = Math.max(patch.right, column)
    patch.top = Math.min(patch.top, row)
    patch.bottom = Math.max(patch.bottom, row)
    for (const [dx, dy] of [
      [1, 0],
      [-1, 0],
      [0, 1],
      [0, -1],
    ] as const)
      waiting.push({ column: column + dx, row: row + dy })
  }
  return patch
}
