import type { FaceBox } from '../../captions/place-phrases.ts'

/** Something that is on the picture for a while: seconds of the clip, pixels from the top left. */
export type Area = FaceBox

/** Whether two are ever on the picture together with less than `gap` pixels between them. */
export function collide(a: Area, b: Area, gap = 0): boolean {
  const together = a.start < b.end && b.start < a.end
  const besides = a.x + a.w + gap <= b.x || b.x + b.w + gap <= a.x
  const stacked = a.y + a.h + gap <= b.y || b.y + b.h + gap <= a.y
  return together && !besides && !stacked
}

/** The largest share of any of `others` that `area` covers at once. */
export function mostCovered(area: Area, others: readonly Area[]): number {
  return others.reduce((most, other) => {
    if (!collide(area, other)) return most
    const width = Math.min(area.x + area.w, other.x + other.w) - Math.max(area.x, other.x)
    const height = Math.min(area.y + area.h, other.y + other.h) - Math.max(area.y, other.y)
    return Math.max(most, (width * height) / (other.w * other.h))
  }, 0)
}

/** Evenly spaced values from one to the other, both included. */
export function stepsBetween(from: number, to: number, count: number): number[] {
  return Array.from({ length: count }, (_, i) => from + ((to - from) * i) / (count - 1))
}
