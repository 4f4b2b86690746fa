import { formatClock, type TimeRange } from '../../domain/time-range.ts'
import { type ClipEditEntry, entryFor } from '../clip-changes.ts'

/** A sentence for each change a person asked for that is about none of the clips. */
export function sayUnusedEdits(edits: readonly ClipEditEntry[], moments: readonly TimeRange[]): string[] {
  const used = new Set(moments.map((moment) => entryFor(edits, moment)))
  return edits
    .filter((edit) => !used.has(edit))
    .map(({ start, end }) => `The edit of ${formatClock(start)} to ${formatClock(end)} is about none of these clips.`)
}
