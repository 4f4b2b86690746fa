import type { ClipEdit } from '../../domain/clip.ts'
import type { TimeRange } from '../../domain/time-range.ts'

/** Seconds between stretches that are looked at in one go. */
const near = 4

/**
 * The stretches a clip needs framed, in order of time and apart from each other. What it plays of its moment is framed as the whole
 * moment is, so that words taken out of it change nothing and nobody looks again; what it plays of elsewhere comes on top.
 */
export function rangesToFrame({ ranges }: ClipEdit, moment: TimeRange): TimeRange[] {
  const isInside = (range: TimeRange) => range.start >= moment.start && range.end <= moment.end
  const outside = ranges.filter((range) => !isInside(range))
  const own = outside.length < ranges.length ? [{ start: moment.start, end: moment.end }] : []
  const joined: TimeRange[] = []
  for (const range of [...own, ...outside].toSorted((a, b) => a.start - b.start)) {
    const last = joined.at(-1)
    if (last && range.start - last.end <= near)
      joined[joined.length - 1] = { start: last.start, end: Math.max(last.end, range.end) }
    else joined.push({ start: range.start, end: range.end })
  }
  return joined
}
