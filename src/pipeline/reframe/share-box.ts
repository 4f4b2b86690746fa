import type { ShareBox } from './face-detector.ts'

export interface Point {
  x: number
  y: number
}

export function centreOf({ x, y, width, height }: ShareBox): Point {
  return { x: x + width / 2, y: y + height / 2 }
}

/** Intersection over union, 0 to 1. */
export function likeness(a: ShareBox, b: ShareBox): number {
  const width = Math.max(0, Math.min(a.x + a.width, b.x + b.width) - Math.max(a.x, b.x))
  const height = Math.max(0, Math.min(a.y + a.height, b.y + b.height) - Math.max(a.y, b.y))
  const shared = width * height
  const all = a.width * a.height + b.width * b.height - shared
  return all > 0 ? shared / all : 0
}

/** Distance of the middles in widths of the larger box: 1 is "one face aside". */
export function apart(a: ShareBox, b: ShareBox): number {
  const [from, to] = [centreOf(a), centreOf(b)]
  const wide = Math.max(a.width, b.width, 1e-6)
  const high = Math.max(a.height, b.height, 1e-6)
  return Math.hypot((from.x - to.x) / wide, (from.y - to.y) / high)
}

/** The part of a box that lies inside the picture; null when there is none. */
export function insidePicture({ x, y, width, height }: ShareBox): ShareBox | null {
  const [left, top] = [Math.max(0, x), Math.max(0, y)]
  const box = { x: left, y: top, width: Math.min(1, x + width) - left, height: Math.min(1, y + height) - top }
  return box.width > 0 && box.height > 0 ? box : null
}

export function between(a: ShareBox, b: ShareBox, share: number): ShareBox {
  const mix = (from: number, to: number) => from + (to - from) * share
  return {
    x: mix(a.x, b.x),
    y: mix(a.y, b.y),
    width: mix(a.width, b.width),
    height: mix(a.height, b.height),
  }
}

/** The smallest box around all of these. */
export function around(boxes: readonly ShareBox[]): ShareBox {
  const left = Math.min(...boxes.map(({ x }) => x))
  const top = Math.min(...boxes.map(({ y }) => y))
  const right = Math.max(...boxes.map(({ x, width }) => x + width))
  const bottom = Math.max(...boxes.map(({ y, height }) => y + height))
  return { x: left, y: top, width: right - left, height: bottom - top }
}
