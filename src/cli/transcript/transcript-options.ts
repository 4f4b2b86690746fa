import { z } from 'zod'
import { transcriptFormats } from '../../pipeline/transcribe/exports/write-transcript.ts'
import { nobody } from '../../pipeline/transcribe/versions/rename-speakers.ts'
import { WrongUsage } from '../clip/clip-options.ts'

const options = z.object({
  data: z.string().min(1, '--data needs the name of a folder.').optional(),
  json: z.boolean().default(false),
  number: z.coerce
    .number({ error: '--number must be a number.' })
    .int('--number must be a whole number.')
    .min(1, '--number must be at least 1.')
    .optional(),
  format: z.enum(transcriptFormats, { error: `--format is one of ${transcriptFormats.join(', ')}.` }).optional(),
  out: z.string().min(1, '--out needs the name of a file.').optional(),
  from: z.string().min(1, '--from needs the name of a file.').optional(),
  replace: z.boolean().default(false),
})

export type TranscriptOptions = z.infer<typeof options>

/** @throws WrongUsage */
export function readTranscriptOptions(given: object, command: string): TranscriptOptions {
  const parsed = options.safeParse(given)
  if (parsed.success) return parsed.data
  throw new WrongUsage(
    parsed.error.issues.map(({ message }) => message),
    `transcript ${command}`,
  )
}

// Longer than any name a person has, or a caption has room for.
const longestName = 80

/** `Speaker 1=Ana` … as old name → new name. @throws WrongUsage */
export function readSpeakerNames(given: readonly string[]): Map<string, string> {
  const names = new Map<string, string>()
  for (const text of given) {
    const at = text.lastIndexOf('=')
    const [old, name] = [
      text.slice(0, at).trim(),
      text
        .slice(at + 1)
        .replace(/\s+/g, ' ')
        .trim(),
    ]
    if (at < 1 || old === '' || name === '' || name.length > longestName || /\p{Cc}/u.test(name)) {
      throw new WrongUsage(
        [`"${text}" does not say who is who: "Speaker 1=Ana", or "${nobody}=Ana" for those without a name.`],
        'transcript speakers',
      )
    }
    names.set(old, name)
  }
  return names
}
