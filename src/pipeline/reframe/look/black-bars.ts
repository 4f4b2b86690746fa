import type { LumaPicture } from './follow-patch.ts'

/** Shares of the picture's sides, 0 to 1. */
export interface Margins {
  top: number
  bottom: number
  left: number
  right: number
}

/** What is black round the pictures of one scene. */
export interface BlackBorder {
  /** How far nothing but black reaches in from each side: bars, or a dark room. */
  black: Margins
  /** Those of it that are certainly bars, alike on opposite sides and with a straight edge; null when there are none. */
  bars: Margins | null
}

/** Luma that is still black: 16 by definition, and what compression makes of it beside an edge. */
const blackUpTo = 32
/** Share of a line that may be brighter: a speck of noise. */
const specks = 0.02
/** Share of the first line inside a bar that must be seen: a bar ends at once, a dark room ends gradually. */
const edgeSeen = 0.5
/** How much opposite bars may differ, and how broad one is at least: shares of the side. */
const uneven = 0.015
const thinnest = 0.008
/** What bars leave of a side, at least: a tall film in a wide picture keeps 0.32 of its width. */
const leastInside = 0.25

export interface BarFinder {
  /** One picture of the scene; all of one size. */
  add(picture: LumaPicture): void
  found(): BlackBorder | null
}

/** Finds the bars of letterboxed and pillarboxed recordings, from the brightest each pixel ever was. */
export function createBarFinder(): BarFinder {
  let brightest: LumaPicture | null = null
  return {
    add: ({ width, height, luma }) => {
      const most = brightest?.luma ?? new Uint8Array(luma.length)
      for (let i = 0; i < luma.length; i++) if ((luma[i] ?? 0) > (most[i] ?? 0)) most[i] = luma[i] ?? 0
      brightest = { width, height, luma: most }
    },
    found: () => brightest && borderOf(brightest),
  }
}

function borderOf({ width, height, luma }: LumaPicture): BlackBorder | null {
  const rows = new Float64Array(height)
  const columns = new Float64Array(width)
  for (let i = 0; i < luma.length; i++) {
    if ((luma[i] ?? 0) <= blackUpTo) continue
    rows[Math.floor(i / width)] = (rows[Math.floor(i / width)] ?? 0) + 1
    columns[i % width] = (columns[i % width] ?? 0) + 1
  }
  const down = blackEnds(rows, specks * width)
  const across = blackEnds(columns, specks * height)
  if (!down || !across) return null
  const inside = { width: width - across.first - across.last, height: height - down.first - down.last }
  const upright = barsOf(rows, { ends: down, litFrom: edgeSeen * inside.width })
  const lying = barsOf(columns, { ends: across, litFrom: edgeSeen * inside.height })
  return {
    black: {
      top: down.first / height,
      bottom: down.last / height,
      left: across.first / width,
      right: across.last / width,
    },
    bars: upright + lying > 0 ? { top: upright, bottom: upright, left: lying, right: lying } : null,
  }
}

/** How many lines are black at the beginning and at the end; null when all of them are. */
function blackEnds(lines: Float64Array, most: number): { first: number; last: number } | null {
  const first = lines.findIndex((lit) => lit > most)
  if (first < 0) return null
  return { first, last: lines.length - 1 - lines.findLastIndex((lit) => lit > most) }
}

/** Breadth of two opposite bars as a share of the side; 0 when they are none. One line more, because the last may be half a bar. */
function barsOf(
  lines: Float64Array,
  { ends, litFrom }: { ends: { first: number; last: number }; litFrom: number },
): number {
  const { first, last } = ends
  const most = Math.max(first, last)
  if (Math.min(first, last) < thinnest * lines.length || most - Math.min(first, last) > uneven * lines.length) return 0
  if (lines.length - 2 * (most + 1) < leastInside * lines.length) return 0
  // The very first line inside may be half a bar itself.
  const edges = [first, lines.length - 1 - last].map((at, i) =>
    Math.max(lines[at] ?? 0, lines[i === 0 ? at + 1 : at - 1] ?? 0),
  )
  return edges.every((lit) => lit >= litFrom) ? (most + 1) / lines.length : 0
}

/**
 * The bars of each scene, in the order of the scenes; null for none. A scene too dark to show where its bars end has those of the nearest
 * scene whose bars are black in it too.
 */
export function settleBars(borders: readonly (BlackBorder | null)[]): (Margins | null)[] {
  return borders.map((border, i) => {
    if (!border) return null
    if (border.bars) return border.bars
    const nearest = borders
      .map((other, at) => ({ bars: other?.bars ?? null, distance: Math.abs(at - i) }))
      .filter(({ bars }) => bars !== null && isWithin(bars, border.black))
      .toSorted((a, b) => a.distance - b.distance)[0]
    return nearest?.bars ?? null
  })
}

function isWithin(bars: Margins, black: Margins): boolean {
  const slack = uneven
  return (['top', 'bottom', 'left', 'right'] as const).every((side) => bars[side] <= black[side] + slack)
}
