import { z } from 'zod'
import type { ClipEdit } from '../../domain/clip.ts'

const seconds = z.number().nonnegative()
const range = { start: seconds, end: seconds }

/** What a clip's edit changed, as `moments.json` has it; null for a clip as it was first made. */
export const documentedEdit = z
  .object({
    byHand: z.boolean(),
    title: z.string().nullable(),
    /** Seconds. */
    shortenedBy: seconds,
    removed: z.array(z.object({ ...range, kind: z.enum(['words', 'filler', 'repeat', 'silence']), text: z.string() })),
    corrections: z.array(z.object({ ...range, from: z.string(), text: z.string() })),
    zoom: z.number().nullable(),
    notes: z.array(z.string()),
  })
  .nullable()
  // Documents of earlier versions have none.
  .default(null)

export type DocumentedEdit = z.infer<typeof documentedEdit>

export function describeEdit({ ranges: _ranges, ...edit }: ClipEdit): DocumentedEdit {
  if (Object.values(edit).every((value) => value === undefined)) return null
  return {
    byHand: edit.by === 'hand',
    title: edit.title ?? null,
    shortenedBy: edit.shortened ?? 0,
    removed: edit.removed ?? [],
    corrections: edit.corrections ?? [],
    zoom: edit.zoom ?? null,
    notes: edit.notes ?? [],
  }
}
