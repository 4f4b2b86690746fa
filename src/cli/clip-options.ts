import { realpath } from 'node:fs/promises'
import { basename, extname, resolve } from 'node:path'
import { z } from 'zod'
import { AppError } from '../domain/app-error.ts'
import { aspects, captionStyles } from '../domain/clip.ts'
import { modes } from '../domain/moment.ts'
import { defaultOutName } from '../pipeline/conclude/name-files.ts'
import type { RunSettings } from '../pipeline/run-settings.ts'

/** The command was given in a way that makes no sense. */
export class WrongUsage extends AppError {
  readonly code = 'WRONG_USAGE'
  constructor(problems: string[]) {
    super(problems.join(' '), { hint: '`clipwright clip --help` lists what can be given.' })
  }
}

const number = (name: string, least: number, most: number) =>
  z.coerce
    .number({ error: `--${name} must be a number.` })
    .min(least, `--${name} must be at least ${least}.`)
    .max(most, `--${name} must be at most ${most}.`)

const choice = <const Choices extends readonly string[]>(name: string, choices: Choices) =>
  z.enum(choices, { error: `--${name} must be one of ${choices.join(', ')}.` })

const clipOptions = z
  .object({
    transcript: z.string().min(1, '--transcript needs the name of a file.').optional(),
    mode: choice('mode', modes),
    count: number('count', 1, 100).int('--count must be a whole number.'),
    min: number('min', 3, 600),
    max: number('max', 3, 600),
    aspect: choice('aspect', aspects),
    captions: choice('captions', captionStyles),
    out: z.string().min(1, '--out needs the name of a folder.').optional(),
    data: z.string().optional(),
    json: z.boolean().default(false),
  })
  .refine(({ min, max }) => min <= max, { error: '--min must not be greater than --max.' })

export interface ClipCommand {
  run: RunSettings
  data: string | undefined
  json: boolean
}

/** What the person asked for, with absolute paths. @throws WrongUsage naming every problem at once */
export async function readClipOptions(file: string, options: object): Promise<ClipCommand> {
  const parsed = clipOptions.safeParse(options)
  const problems = parsed.success ? [] : parsed.error.issues.map(({ message }) => message)
  if (isLink('transcript' in options ? options.transcript : null)) problems.unshift(linkProblem('transcript'))
  if (isLink(file)) problems.unshift(linkProblem('recording'))
  if (file === '') problems.unshift('The name of the recording is missing.')
  if (!parsed.success || problems.length > 0) throw new WrongUsage(problems)
  const { data: asked } = parsed
  const given = resolve(file)
  return {
    run: {
      // The place the file really has, so that a link to it is the same recording.
      path: await realpath(given).catch(() => given),
      title: basename(given, extname(given)) || basename(given),
      transcriptPath: asked.transcript === undefined ? null : resolve(asked.transcript),
      mode: asked.mode,
      count: asked.count,
      minSeconds: asked.min,
      maxSeconds: asked.max,
      aspect: asked.aspect,
      captions: asked.captions,
      out: resolve(asked.out ?? defaultOutName(given)),
    },
    data: asked.data,
    json: asked.json,
  }
}

function isLink(value: unknown): boolean {
  return typeof value === 'string' && /^[a-z][a-z0-9+.-]+:\/\//i.test(value)
}

function linkProblem(what: string): string {
  return `The ${what} is a link, and links are not read: download it and name the file.`
}
