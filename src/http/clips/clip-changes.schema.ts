import { z } from 'zod'
import { aspects, captionStyles, tightenings } from '../../domain/clip.ts'
import { clipChanges } from '../../pipeline/clip-changes.ts'
import type { AskedEdit } from '../../pipeline/cut/edit/change-clip.ts'
import { sceneOverrides } from '../../pipeline/framing-overrides.ts'
import { plainText } from '../plain-text.ts'

const second = z.number().min(0).max(1e6).describe('Seconds of the recording.')
const range = z
  .strictObject({ start: second, end: second })
  .refine(({ start, end }) => end > start, 'It must end after it starts.')
const phrase = plainText(200).trim().min(1)
const words = z
  .array(z.union([phrase.describe('Words as they are said, every time; with #2 only the second time.'), range]))
  .max(1000)
  .default([])
const shift = z.number().min(-600).max(600)

export const lookedAt = z
  .int()
  .min(0)
  .max(Number.MAX_SAFE_INTEGER)
  .optional()
  .describe('`version` of what was looked at; refused when somebody edited the clip since.')

const edit = {
  trimStart: shift.optional().describe('Seconds to take off its beginning; negative ones are added.'),
  trimEnd: shift.optional().describe('The same at its end.'),
  ranges: z.array(range).min(1).max(1000).optional().describe('What it plays, in this order.'),
  remove: words.describe('Taken out.'),
  keep: words.describe('Brought back, and not to be tightened.'),
  replace: z
    .array(z.strictObject({ from: phrase, to: plainText(200).trim() }))
    .max(1000)
    .default([])
    .describe('Captions that say something else; an empty `to` says nothing.'),
  framing: sceneOverrides.optional().describe('Where the camera looks (docs/guide/framing.md).'),
  title: plainText(200).trim().min(1).optional(),
  tighten: z.array(z.enum(tightenings)).max(tightenings.length).optional().describe('Empty for nothing.'),
  zoom: z.number().min(1.02).max(1.5).nullable().optional().describe('Null for not at all.'),
  aspect: z.enum(aspects).optional().describe('Of this clip alone.'),
  captions: z.enum(captionStyles).optional().describe('Of this clip alone.'),
}

/** One more edit, beside those before. */
export const askedEdit = z
  .strictObject({ ...edit, version: lookedAt })
  .refine(({ ranges, trimStart, trimEnd }) => ranges === undefined || (trimStart ?? trimEnd) === undefined, {
    path: ['ranges'],
    message: 'Ranges say where the clip begins and ends: they do not go with a trim.',
  })
  .refine((asked) => Object.entries(asked).some(([name, value]) => name !== 'version' && !isNothing(name, value)), {
    message: 'Nothing is to be changed.',
  })

/** Empty lists of words change nothing; an empty `tighten` does. */
function isNothing(name: string, value: unknown): boolean {
  return value === undefined || (Array.isArray(value) && value.length === 0 && name !== 'tighten' && name !== 'framing')
}

/** An edit without what says which version it is for. */
export function toAskedEdit(asked: z.infer<typeof askedEdit>): AskedEdit {
  const { version: _version, ...edit } = asked
  return edit
}

/** Everything that is changed about the clip, in place of all edits before. */
export const wholeEdit = z.strictObject({
  changes: clipChanges.describe('As GET gives it: fields of an edit, without the trims. {} is as it was first made.'),
  version: lookedAt,
})

export const undoing = z.strictObject({ version: lookedAt })

export const restoring = z.strictObject({
  edit: z
    .int()
    .min(1)
    .max(Number.MAX_SAFE_INTEGER)
    .nullable()
    .describe('`id` of an edit; null for as it was first made.'),
  version: lookedAt,
})
