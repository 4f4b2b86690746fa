import { roundToMs, type TimeRange } from '../../domain/time-range.ts'

/** A shorter scene is a flash, a dissolve or a false alarm: a camera that jumps for it looks broken. Seconds. */
const shortestScene = 0.4

/**
 * Divides a span at its cuts. A scene shorter than 0.4 s joins its longer neighbour,
 * so that a flash belongs to the shot it interrupts. What comes back is in order, without gaps, and covers the span.
 */
export function divideIntoScenes(span: TimeRange, cuts: readonly number[]): TimeRange[] {
  const inside = cuts.map(roundToMs).filter((cut) => cut > span.start && cut < span.end)
  const borders = [span.start, ...new Set(inside.toSorted((a, b) => a - b)), span.end]
  const scenes = borders.slice(1).map((end, i) => ({ start: borders[i] ?? span.start, end }))
  return joinShort(scenes)
}

function joinShort(scenes: TimeRange[]): TimeRange[] {
  const joined = [...scenes]
  for (;;) {
    const index = joined.length > 1 ? shortest(joined) : -1
    const short = joined[index]
    if (!short || short.end - short.start >= shortestScene) return joined
    const before = joined[index - 1]
    const after = joined[index + 1]
    if (before && (!after || before.end - before.start >= after.end - after.start)) {
      joined.splice(index - 1, 2, { start: before.start, end: short.end })
    } else if (after) {
      joined.splice(index, 2, { start: short.start, end: after.end })
    }
  }
}

function shortest(scenes: TimeRange[]): number {
  const lengths = scenes.map(({ start, end }) => end - start)
  return lengths.indexOf(Math.min(...lengths))
}
