import { round } from '../ass-document.ts'

interface Box {
  /** Top left, pixels. */
  x: number
  y: number
  width: number
  height: number
}

interface Paint {
  colour: string
  /** 0 is solid, 255 unseen. */
  transparency?: number
  /** Of the corners, pixels. */
  radius?: number
}

/** A filled box as the text of an event. Source: ASS drawing commands m, l and b (cubic Bézier curves). */
export function rectangle({ x, y, width, height }: Box, { colour, transparency = 0, radius = 0 }: Paint): string {
  const alpha = `&H${transparency.toString(16).padStart(2, '0').toUpperCase()}&`
  const tags = `{\\an7\\pos(${round(x)},${round(y)})\\bord0\\shad0\\blur0\\1c${colour}\\1a${alpha}\\p1}`
  return `${tags}${outline(round(width), round(height), round(radius))}{\\p0}`
}

function outline(w: number, h: number, r: number): string {
  if (r === 0) return `m 0 0 l ${w} 0 l ${w} ${h} l 0 ${h}`
  // A quarter of a circle by one curve: its handles are 0.5523 of the radius long.
  const k = round(r * (1 - 0.5523))
  return [
    `m ${r} 0 l ${round(w - r)} 0 b ${round(w - k)} 0 ${w} ${k} ${w} ${r}`,
    `l ${w} ${round(h - r)} b ${w} ${round(h - k)} ${round(w - k)} ${h} ${round(w - r)} ${h}`,
    `l ${r} ${h} b ${k} ${h} 0 ${round(h - k)} 0 ${round(h - r)}`,
    `l 0 ${r} b 0 ${k} ${k} 0 ${r} 0`,
  ].join(' ')
}
