/** A picture of `width` × `height`, three bytes a pixel. */
export type Canvas = { width: number; height: number; pixels: Uint8Array }
export type Point = readonly [x: number, y: number]
export type Shape = readonly Point[]

/** Where the points of a drawing land on the canvas. */
export type Placement = (point: Point) => Point

/** Fills a shape with a colour such as `#f2955b`. */
export type Brush = (shape: Shape, colour: string, opacity?: number) => void

export function blankCanvas(width: number, height: number): Canvas {
  return { width, height, pixels: new Uint8Array(width * height * 3) }
}

export function brushOn(canvas: Canvas, place: Placement): Brush {
  return (shape, colour, opacity = 1) => fill(canvas, shape.map(place), colour, opacity)
}

export function moved(brush: Brush, place: Placement): Brush {
  return (shape, colour, opacity) => brush(shape.map(place), colour, opacity)
}

export function rectangle(x: number, y: number, width: number, height: number, radius = 0): Shape {
  const corner = (cx: number, cy: number, from: number) =>
    Array.from({ length: radius ? 9 : 1 }, (_, step): Point => {
      const angle = ((from + (step * 90) / 8) * Math.PI) / 180
      return [cx + Math.cos(angle) * radius, cy + Math.sin(angle) * radius]
    })
  return [
    ...corner(x + width - radius, y + radius, 270),
    ...corner(x + width - radius, y + height - radius, 0),
    ...corner(x + radius, y + height - radius, 90),
    ...corner(x + radius, y + radius, 180),
  ]
}

export function ellipse(cx: number, cy: number, rx: number, ry = rx): Shape {
  return Array.from({ length: 40 }, (_, step): Point => {
    const angle = (step / 20) * Math.PI
    return [cx + Math.cos(angle) * rx, cy + Math.sin(angle) * ry]
  })
}

/** A smooth closed outline through the given points. */
export function blob(...corners: Point[]): Shape {
  const at = (index: number) => corners[(index + corners.length) % corners.length]!
  return corners.flatMap((_, index) => smoothSpan(at(index - 1), at(index), at(index + 1), at(index + 2)))
}

/** A smooth line of the given width with round ends. */
export function stroke(width: number, ...corners: Point[]): Shape {
  const at = (index: number) => corners[Math.max(0, Math.min(corners.length - 1, index))]!
  const spine = corners
    .slice(0, -1)
    .flatMap((_, index) => smoothSpan(at(index - 1), at(index), at(index + 1), at(index + 2)))
  return ribbon([...spine, at(corners.length)], width / 2)
}

function smoothSpan(before: Point, from: Point, to: Point, after: Point): Point[] {
  const curve = (a: number, b: number, c: number, d: number, t: number) =>
    0.5 * (2 * b + (c - a) * t + (2 * a - 5 * b + 4 * c - d) * t * t + (3 * b - a - 3 * c + d) * t * t * t)
  return Array.from({ length: 8 }, (_, step): Point => {
    const t = step / 8
    return [curve(before[0], from[0], to[0], after[0], t), curve(before[1], from[1], to[1], after[1], t)]
  })
}

function ribbon(spine: Point[], half: number): Point[] {
  const heading = (index: number) => {
    const from = spine[Math.max(0, index - 1)]!
    const to = spine[Math.min(spine.length - 1, index + 1)]!
    return Math.atan2(to[1] - from[1], to[0] - from[0])
  }
  const beside = ([x, y]: Point, angle: number): Point => [x + Math.cos(angle) * half, y + Math.sin(angle) * half]
  const right = Math.PI / 2
  const cap = (index: number, from: number) =>
    Array.from({ length: 7 }, (_, step) => beside(spine[index]!, heading(index) + from + (step / 6) * Math.PI))
  const there = spine.map((point, index) => beside(point, heading(index) - right))
  const back = spine.map((point, index) => beside(point, heading(index) + right)).reverse()
  return [...there, ...cap(spine.length - 1, -right), ...back, ...cap(0, right)]
}

/** Adds up how much of each pixel the outline covers, from left to right: the way font renderers get smooth edges. */
function fill(canvas: Canvas, shape: Shape, colour: string, opacity: number) {
  const left = Math.max(0, Math.floor(Math.min(...shape.map(([x]) => x))))
  const top = Math.max(0, Math.floor(Math.min(...shape.map(([, y]) => y))))
  const right = Math.min(canvas.width, Math.ceil(Math.max(...shape.map(([x]) => x))))
  const bottom = Math.min(canvas.height, Math.ceil(Math.max(...shape.map(([, y]) => y))))
  if (right <= left || bottom <= top) return
  const area = { left, top, width: right - left, height: bottom - top }
  const cover = new Float32Array((area.width + 2) * area.height)
  shape.forEach((point, index) => addEdge(cover, area, shape[index ? index - 1 : shape.length - 1]!, point))
  blend(canvas, area, cover, colour, opacity)
}

type Area = { left: number; top: number; width: number; height: number }

function addEdge(cover: Float32Array, area: Area, from: Point, to: Point) {
  if (from[1] === to[1]) return
  const sign = from[1] < to[1] ? 1 : -1
  const [upper, lower] = sign > 0 ? [from, to] : [to, from]
  const slope = (lower[0] - upper[0]) / (lower[1] - upper[1])
  const first = Math.max(0, Math.floor(upper[1] - area.top))
  const last = Math.min(area.height, Math.ceil(lower[1] - area.top))
  for (let row = first; row < last; row++) {
    const y0 = Math.max(row + area.top, upper[1])
    const y1 = Math.min(row + area.top + 1, lower[1])
    if (y1 <= y0) continue
    const xAt = (y: number) => Math.max(0, Math.min(area.width, upper[0] + (y - upper[1]) * slope - area.left))
    addSpan(cover, row * (area.width + 2), xAt(y0), xAt(y1), (y1 - y0) * sign)
  }
}

/** One edge within one row: every pixel right of it is covered by `amount`, those it crosses by a part of that. */
function addSpan(cover: Float32Array, row: number, xa: number, xb: number, amount: number) {
  const x0 = Math.min(xa, xb)
  const x1 = Math.max(xa, xb)
  const first = Math.floor(x0)
  const last = Math.max(first, Math.ceil(x1) - 1)
  let covered = 0
  for (let column = first; column <= last; column++) {
    const reached = x1 === x0 ? 1 : (Math.min(column + 1, x1) - x0) / (x1 - x0)
    const entered = x1 === x0 ? 0 : (Math.max(column, x0) - x0) / (x1 - x0)
    const middle = x1 === x0 ? x0 : (Math.max(column, x0) + Math.min(column + 1, x1)) / 2
    const total = amount * (entered + (reached - entered) * (column + 1 - middle))
    cover[row + column]! += total - covered
    covered = total
  }
  cover[row + last + 1]! += amount - covered
}

function blend({ pixels, width }: Canvas, area: Area, cover: Float32Array, colour: string, opacity: number) {
  const paint = Number.parseInt(colour.slice(1), 16)
  const red = paint >> 16
  const green = (paint >> 8) & 255
  const blue = paint & 255
  for (let row = 0; row < area.height; row++) {
    let sum = 0
    let target = ((area.top + row) * width + area.left) * 3
    for (let column = 0; column < area.width; column++, target += 3) {
      sum += cover[row * (area.width + 2) + column]!
      const alpha = Math.min(1, Math.abs(sum)) * opacity
      if (alpha < 0.002) continue
      pixels[target]! += (red - pixels[target]!) * alpha + 0.5
      pixels[target + 1]! += (green - pixels[target + 1]!) * alpha + 0.5
      pixels[target + 2]! += (blue - pixels[target + 2]!) * alpha + 0.5
    }
  }
}
