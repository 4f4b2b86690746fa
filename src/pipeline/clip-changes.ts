import { z } from 'zod'
import { aspects, captionStyles, tightenings } from '../domain/clip.ts'
import { overlapOf, type TimeRange } from '../domain/time-range.ts'
import { sceneOverrides } from './framing-overrides.ts'

/** Version 1 of the file that `--edits` names. */
export const editsSchemaName = 'clipwright.edits/1'

const seconds = z.number().min(0).max(1e6)
const range = z
  .strictObject({ start: seconds, end: seconds })
  .refine(({ start, end }) => end > start, { message: 'must end after it starts' })
/** Words as they are said, every time they are; with `#2` only the second time. */
const phrase = z.string().trim().min(1).max(200)
const caption = z.string().trim().max(200)

/** As many stretches as an hour of tight cutting has; more is a mistake. */
const mostRanges = 1000

/** What a person changed about a clip. Times in seconds of the recording. */
const changes = {
  /** Plays these, in this order, in place of its moment. */
  ranges: z.array(range).min(1).max(mostRanges).optional(),
  /** Left out. */
  remove: z
    .array(z.union([phrase, range]))
    .max(mostRanges)
    .optional(),
  /** Not to be tightened. */
  keep: z
    .array(z.union([phrase, range]))
    .max(mostRanges)
    .optional(),
  /** Captions that say something else than the transcript; `to` may be empty. */
  replace: z
    .array(z.strictObject({ from: phrase, to: caption }))
    .max(mostRanges)
    .optional(),
  framing: sceneOverrides.optional(),
  title: z.string().trim().min(1).max(200).optional(),
  /** In place of what the command asks for; empty for none. */
  tighten: z.array(z.enum(tightenings)).optional(),
  /** How much larger every second stretch between jumps is shown; null for not at all. */
  zoom: z.number().min(1.02).max(1.5).nullable().optional(),
  /** In place of what the run asks for. */
  aspect: z.enum(aspects).optional(),
  captions: z.enum(captionStyles).optional(),
}

export const clipChanges = z.strictObject(changes)
export type ClipChanges = z.infer<typeof clipChanges>

/** The changes of one clip, known by where its moment is: `start` and `end` as `moments.json` has them. */
export const clipEditEntry = z
  .strictObject({ start: seconds, end: seconds, ...changes })
  .refine(({ start, end }) => end > start, { message: 'must end after it starts' })
export const clipEditEntries = z.array(clipEditEntry).max(200)
export type ClipEditEntry = z.infer<typeof clipEditEntry>

export const editsFile = z.strictObject({ schema: z.literal(editsSchemaName), clips: clipEditEntries })

/** How much two stretches are the same: what they share, as a share of all they cover. */
export function likeness(a: TimeRange, b: TimeRange): number {
  const shared = overlapOf(a, b)
  return shared === 0 ? 0 : shared / (Math.max(a.end, b.end) - Math.min(a.start, b.start))
}

/** A moment that is found anew may begin a sentence earlier: it is still the one a person meant. */
const sameMoment = 0.5

/** The entry that is about a moment, or null. */
export function entryFor(entries: readonly ClipEditEntry[], moment: TimeRange): ClipEditEntry | null {
  const best = entries
    .map((entry) => ({ entry, like: likeness(entry, moment) }))
    .reduce((a, b) => (b.like > a.like ? b : a), { entry: null as ClipEditEntry | null, like: 0 })
  return best.like >= sameMoment ? best.entry : null
}
