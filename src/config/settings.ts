import { z } from 'zod'

const count = (fallback: number) => z.coerce.number().int().positive().default(fallback)
const optionalText = z.preprocess((value) => (value === '' ? undefined : value), z.string().optional())

/**
 * Every setting Clipwright reads from the environment; `.env.example` is generated from this schema.
 * `describe` is the comment a person sees there.
 */
export const settingsSchema = z.object({
  CLIPWRIGHT_DATA: optionalText.describe(
    'Folder for the database, renderings and caches. Empty: the usual place of your system. `--data` wins over it.',
  ),
  DATABASE_URL: optionalText.describe(
    'PostgreSQL server to use, e.g. postgresql://user:password@host:5432/clipwright. Empty: the embedded server, nothing to set up.',
  ),
  DATABASE_POOL_SIZE: z.coerce
    .number()
    .int()
    // A lock may be held on one while another does what it protects.
    .min(2)
    .default(10)
    .describe('Most connections this process opens to the database, at least 2.'),
  FFMPEG_PATH: optionalText.describe('ffmpeg to use. Empty: the one of your system, else the one from npm.'),
  FFPROBE_PATH: optionalText.describe(
    'ffprobe to use. Empty: the one beside ffmpeg, of your system, else the one from npm.',
  ),
  MAX_CONCURRENT_JOBS: z
    .preprocess((value) => (value === '' ? undefined : value), z.coerce.number().int().positive().optional())
    .describe('Most clips cut at the same time. Empty: as many as cores allow.'),
  MAX_QUEUE_SIZE: count(100).describe('Most runs that may wait at the same time; over it, new work is refused.'),
  LOG_LEVEL: z
    .enum(['silent', 'error', 'warn', 'info', 'debug'])
    .default('error')
    .describe('How much the log on standard error says; commands show what matters to a person by themselves.'),
})

export type Settings = Readonly<z.infer<typeof settingsSchema>>
