import type { LumaPicture } from './follow-patch.ts'

/** What pictures of one scene show, faces apart. */
export interface PictureMeasures {
  /** Next to nothing to see: black, white, fog, or no picture at all. */
  flat: boolean
  /** What there is to see from left to right and from top to bottom: shares of it all, adding up to 1. */
  columns: number[]
  rows: number[]
  /** Share of the picture that changes within a second, 0 to 1. */
  changing: number
  /** Share of the picture that looks like lines of text, 0 to 1. */
  text: number
}

/** Cells the picture is divided into. */
const across = 64
const down = 36
/** Steps of gray between neighbours that are compression noise rather than an edge. */
const edgeNoise = 10
/** Steps of gray between two moments that are noise or flicker rather than movement. */
const motionNoise = 14
/** Mean edge strength per pixel below which a picture shows nothing; a black frame has 0, a plain wall with one face about 2. */
const flatBelow = 0.25
/** Movement counts only when it is real: mean per pixel between two moments. */
const motionFrom = 0.3
/** Pixels of the long side at which edges and movement are measured. */
const longSide = 160

export interface PictureMeasurer {
  /** One picture of the scene; all of one size, about a second apart. */
  add(picture: LumaPicture): void
  measures(): PictureMeasures
}

/**
 * Measures a scene picture by picture, so that none has to be kept. Edges say where things are, movement says which of them
 * lives: a person before full bookshelves moves, the shelves do not. Where there is movement both count the same; else edges alone.
 */
export function createPictureMeasurer(): PictureMeasurer {
  const edges = new Float64Array(across * down)
  const motion = new Float64Array(across * down)
  let [count, pixels, text, changed] = [0, 0, 0, 0]
  let before: LumaPicture | null = null
  return {
    add: (picture) => {
      const small = shrink(picture)
      pixels += small.width * small.height
      addEdges(edges, small)
      if (before) changed += addMotion(motion, before, small)
      text += textShareOf(picture)
      before = small
      count++
    },
    measures: () => {
      const edgeSum = sum(edges)
      const moves = sum(motion) >= motionFrom * pixels
      const cells = Array.from(edges, (edge, i) => {
        const still = edgeSum > 0 ? edge / edgeSum : 0
        return moves ? (still + (motion[i] ?? 0) / sum(motion)) / 2 : still
      })
      return {
        flat: count === 0 || edgeSum < flatBelow * pixels,
        columns: Array.from({ length: across }, (_, x) => sum(cells.filter((_cell, i) => i % across === x))),
        rows: Array.from({ length: down }, (_, y) => sum(cells.slice(y * across, (y + 1) * across))),
        changing: count > 1 ? changed / (count - 1) : 0,
        text: count > 0 ? text / count : 0,
      }
    },
  }
}

/** The window of that share of a profile in which there is most to see; the middle one of equals. */
export function bestWindow(profile: readonly number[], share: number): { start: number; inside: number } {
  const steps = 200
  const candidates = Array.from({ length: steps + 1 }, (_, i) => {
    const start = ((1 - share) * i) / steps
    return { start, inside: partOf(profile, start, start + share) }
  })
  const most = Math.max(...candidates.map(({ inside }) => inside))
  const best = candidates.filter(({ inside }) => inside >= most - 1e-6)
  return best[Math.floor(best.length / 2)] ?? { start: (1 - share) / 2, inside: 0 }
}

/** How much of a profile lies between two shares of its length. */
export function partOf(profile: readonly number[], from: number, to: number): number {
  return profile.reduce((total, value, i) => {
    const overlap = Math.min(to, (i + 1) / profile.length) - Math.max(from, i / profile.length)
    return total + value * Math.max(0, Math.min(1, overlap * profile.length))
  }, 0)
}

function addEdges(cells: Float64Array, { width, height, luma }: LumaPicture): void {
  for (let y = 0; y < height - 1; y++) {
    for (let x = 0; x < width - 1; x++) {
      const here = luma[y * width + x] ?? 0
      const step = Math.abs(here - (luma[y * width + x + 1] ?? 0)) + Math.abs(here - (luma[(y + 1) * width + x] ?? 0))
      if (step > edgeNoise) addTo(cells, { x, y, width, height, value: step })
    }
  }
}

/** Returns the share of pixels that changed. */
function addMotion(cells: Float64Array, before: LumaPicture, { width, height, luma }: LumaPicture): number {
  let changed = 0
  for (let i = 0; i < luma.length; i++) {
    const step = Math.abs((luma[i] ?? 0) - (before.luma[i] ?? 0))
    if (step <= motionNoise) continue
    changed++
    addTo(cells, { x: i % width, y: Math.floor(i / width), width, height, value: step })
  }
  return changed / luma.length
}

interface Cell {
  x: number
  y: number
  width: number
  height: number
  value: number
}

function addTo(cells: Float64Array, { x, y, width, height, value }: Cell): void {
  const at = Math.floor((y * down) / height) * across + Math.floor((x * across) / width)
  cells[at] = (cells[at] ?? 0) + value
}

/** Blocks of the sampled picture in which text is looked for, pixels: two or three letters of a slide. */
const block = { width: 16, height: 8 }
/** Steps of gray of a letter's edge. */
const stroke = 40
/** Light and dark alternate at least so often across a block of letters. */
const leastTurns = 3
/** Blocks of text beside each other that make a line; fewer are a pattern. */
const leastRun = 4

/** Share of a picture's blocks that lie in lines of text: strong strokes that alternate from left to right, line by line. */
function textShareOf({ width, height, luma }: LumaPicture): number {
  const [columns, rows] = [Math.floor(width / block.width), Math.floor(height / block.height)]
  let inLines = 0
  for (let row = 0; row < rows; row++) {
    let run = 0
    for (let column = 0; column <= columns; column++) {
      if (column < columns && isText({ luma, width, left: column * block.width, top: row * block.height })) {
        run++
        continue
      }
      if (run >= leastRun) inLines += run
      run = 0
    }
  }
  return columns * rows > 0 ? inLines / (columns * rows) : 0
}

function isText({ luma, width, left, top }: { luma: Uint8Array; width: number; left: number; top: number }): boolean {
  let lines = 0
  for (let y = top; y < top + block.height; y++) {
    let [turns, direction] = [0, 0]
    for (let x = left; x < left + block.width - 2; x++) {
      const step = (luma[y * width + x + 2] ?? 0) - (luma[y * width + x] ?? 0)
      if (Math.abs(step) < stroke || Math.sign(step) === direction) continue
      direction = Math.sign(step)
      turns++
    }
    if (turns >= leastTurns) lines++
  }
  return lines >= 3
}

/** A small copy, each pixel the mean of those it stands for. */
function shrink({ width, height, luma }: LumaPicture): LumaPicture {
  const factor = Math.max(1, Math.round(Math.max(width, height) / longSide))
  if (factor === 1) return { width, height, luma }
  const [smallWidth, smallHeight] = [Math.floor(width / factor), Math.floor(height / factor)]
  const small = new Uint8Array(smallWidth * smallHeight)
  for (let y = 0; y < smallHeight; y++) {
    for (let x = 0; x < smallWidth; x++) {
      let total = 0
      for (let dy = 0; dy < factor; dy++) {
        for (let dx = 0; dx < factor; dx++) total += luma[(y * factor + dy) * width + x * factor + dx] ?? 0
      }
      small[y * smallWidth + x] = total / factor ** 2
    }
  }
  return { width: smallWidth, height: smallHeight, luma: small }
}

function sum(values: Iterable<number>): number {
  let total = 0
  for (const value of values) total += value
  return total
}
