import { z } from 'zod'
import type { Segment, TranscriptVersion } from '../../domain/transcript.ts'
import { CursorInvalid } from '../paging.ts'
import { plainText } from '../plain-text.ts'

const kinds = ['given', 'sidecar', 'platform', 'embedded', 'local', 'cloud', 'none'] as const

export const transcriptVersionView = z
  .object({
    version: z.int(),
    current: z.boolean(),
    origin: z.object({ kind: z.enum(kinds), name: z.string(), format: z.string().nullable() }),
    language: z.string().nullable().describe('BCP 47 tag where known.'),
    segments: z.int().describe('How many.'),
    note: z.string().nullable().describe('What a person changed.'),
    isChosen: z.boolean().describe('A person chose it, so later runs keep it.'),
    basedOn: z.int().nullable().describe('The version that was corrected.'),
    at: z.iso.datetime(),
    by: z.string(),
  })
  .meta({ id: 'TranscriptVersion' })

export function toVersionView({ at, ...same }: TranscriptVersion) {
  return { ...same, at: at.toISOString() }
}

const word = z.object({
  text: z.string(),
  start: z.number().describe('Seconds of the recording.'),
  end: z.number(),
  confidence: z.number().nullable(),
  timing: z.enum(['exact', 'estimated']),
})

const segmentView = z.object({
  ordinal: z.int(),
  start: z.number().describe('Seconds of the recording.'),
  end: z.number(),
  text: z.string(),
  speaker: z.string().nullable(),
  words: z.array(word).optional().describe('Only where asked for.'),
})

export const transcriptPage = z
  .object({
    version: transcriptVersionView,
    items: z.array(segmentView),
    next: z.string().nullable().describe('The cursor of the next page; null on the last one.'),
  })
  .meta({ id: 'TranscriptPage' })

export function toSegmentView({ words, ...same }: Segment, withWords: boolean): z.infer<typeof segmentView> {
  return withWords ? { ...same, words } : same
}

// PostgreSQL's integer ends there.
const ordinal = z.int().min(0).max(2_147_483_647)
// Pages stay in the version they began in, also when it is corrected meanwhile.
const place = z.object({ version: ordinal, ordinal })
type SegmentPlace = z.infer<typeof place>

export function toSegmentCursor(at: SegmentPlace): string {
  return Buffer.from(JSON.stringify(at)).toString('base64url')
}

/** @throws CursorInvalid */
export function fromSegmentCursor(cursor: string): SegmentPlace {
  try {
    return place.parse(JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8')))
  } catch {
    throw new CursorInvalid()
  }
}

// Nobody says longer phrases twice the same way.
const phrase = plainText(500)
const name = plainText(100)
  .trim()
  .min(1)
  .regex(/^\P{Cc}*$/u, 'A name has no line breaks.')
const version = ordinal
  .min(1)
  .optional()
  .describe('The version that was looked at; refused when another is current by now.')

/** Bytes of a request; a day of words with their times takes less. */
export const largestImport = 50 * 1024 ** 2

export const transcriptFile = z.strictObject({
  name: plainText(200)
    .trim()
    .min(1)
    .regex(/^[^/\\\p{Cc}]+$/u, 'A file name, without a folder.')
    .describe('Of the file, e.g. talk.en.srt: its language is read from it.'),
  text: z.string().min(1).describe('What is in the file.'),
  replace: z
    .boolean()
    .default(false)
    .describe('Also where there is a transcript already; it is kept as an earlier version.'),
})

export const importedTranscript = z
  .object({
    version: z.int(),
    segments: z.int().describe('How many sentences.'),
    warnings: z.array(z.string()).describe('What was skipped or mended.'),
    runs: z.array(z.uuid()).describe('Runs that waited for it, and go on.'),
  })
  .meta({ id: 'ImportedTranscript' })

/** A word or phrase wherever it is said, or the name of a speaker. */
export const correction = z.union([
  z.strictObject({
    find: phrase.refine((text) => text.trim() !== '', 'There is nothing to find.'),
    replacement: phrase.describe('Empty removes what was found.'),
    version,
  }),
  z.strictObject({ speaker: name.describe('`nobody` for those without a name.'), name, version }),
])
export type AskedCorrection = z.infer<typeof correction>
