import { realpath } from 'node:fs/promises'
import { basename, extname, resolve } from 'node:path'
import { z } from 'zod'
import { AppError } from '../../domain/app-error.ts'
import { aspects, audiogramLooks, captionStyles } from '../../domain/clip.ts'
import { modes } from '../../domain/moment.ts'
import { platforms } from '../../domain/platform.ts'
import { transcribeModes } from '../../domain/transcript.ts'
import { defaultOutName } from '../../pipeline/conclude/name-files.ts'
import { type AskedLengths, lengthProblem, lengthsOf } from '../../pipeline/detect/clip-lengths.ts'
import type { RunSettings } from '../../pipeline/run-settings.ts'
import { finishOf, finishOptions, finishProblem } from './finish-options.ts'
import { isLink, linkProblems, outNameOfLink, runOfLink } from './link-options.ts'
import { readEditsFile } from './read-edits-file.ts'
import { exportFormatList } from './read-export-formats.ts'
import { readFramingFile } from './read-framing-file.ts'
import { tightenList, tightenZoom } from './tighten-options.ts'

/** The command was given in a way that makes no sense. */
export class WrongUsage extends AppError {
  readonly code = 'WRONG_USAGE'
  constructor(problems: string[], command = 'clip') {
    super(problems.join(' '), {
      hint: `\`${['clipwright', command, '--help'].filter((word) => word !== '').join(' ')}\` lists what can be given.`,
    })
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
    episode: z.string().trim().min(1, '--episode needs a number or a part of a title.').optional(),
    mode: choice('mode', modes).optional(),
    query: z.string().optional(),
    count: number('count', 1, 100).int('--count must be a whole number.'),
    platform: choice('platform', platforms).optional(),
    min: number('min', 3, 600).optional(),
    max: number('max', 3, 600).optional(),
    aspect: choice('aspect', aspects),
    captions: choice('captions', captionStyles),
    audiogram: choice('audiogram', audiogramLooks).optional(),
    brand: z.string().min(1, '--brand needs the name of a file.').optional(),
    framing: z.string().min(1, '--framing needs the name of a file.').optional(),
    edits: z.string().min(1, '--edits needs the name of a file.').optional(),
    tighten: tightenList.optional(),
    tightenZoom: tightenZoom.optional(),
    export: exportFormatList('export').optional(),
    out: z.string().min(1, '--out needs the name of a folder.').optional(),
    ...finishOptions,
    data: z.string().optional(),
    withoutWords: z.literal(true).optional(),
    transcribe: choice('transcribe', transcribeModes).default('auto'),
    llm: z.boolean().default(true),
    json: z.boolean().default(false),
  })
  .superRefine(({ mode, query, platform, min, max, withoutWords, transcript, ...finish }, problems) => {
    const wordless = withoutWords && wordlessProblem({ mode, query, transcript })
    const lengths = sayLengthProblem({ platform, min, max })
    for (const problem of [lengths, queryProblem(mode, query), wordless ?? null, finishProblem(finish)]) {
      if (problem !== null) problems.addIssue({ code: 'custom', message: problem })
    }
  })

export interface ClipCommand {
  run: RunSettings
  /** Of the brand file, absolute: reading it takes ffmpeg. */
  brandPath?: string
  data: string | undefined
  json: boolean
}

/** What the person asked for, with absolute paths. @throws WrongUsage naming every problem at once */
export async function readClipOptions(file: string, options: object): Promise<ClipCommand> {
  const parsed = clipOptions.safeParse(options)
  const problems = parsed.success ? [] : parsed.error.issues.map(({ message }) => message)
  problems.unshift(...linkProblems(file, options))
  if (file === '') problems.unshift('The name of the recording is missing.')
  if (!parsed.success || problems.length > 0) throw new WrongUsage(problems)
  const { data: asked } = parsed
  const given = resolve(file)
  const about = isLink(file) ? runOfLink(file, asked.episode) : await runOfFile(given)
  return {
    run: {
      ...about,
      transcriptPath: asked.transcript === undefined ? null : resolve(asked.transcript),
      ...(isLink(asked.transcript) && { transcriptLink: asked.transcript }),
      // Whoever asks something wants an answer.
      mode: asked.mode ?? (asked.query === undefined ? usualMode : 'query'),
      ...(asked.query === undefined ? {} : { query: asked.query.trim() }),
      count: asked.count,
      ...(asked.transcribe !== 'auto' && { transcribe: asked.transcribe }),
      ...(asked.withoutWords && { withoutWords: true as const }),
      ...(asked.llm ? {} : { languageModel: false }),
      ...lengthsOf(asked),
      ...(asked.platform !== undefined && { platform: asked.platform }),
      aspect: asked.aspect,
      captions: asked.captions,
      ...(asked.audiogram !== undefined && { audiogram: asked.audiogram }),
      ...(asked.export !== undefined && { exports: asked.export }),
      ...(asked.framing !== undefined && { framing: await readFramingFile(resolve(asked.framing)) }),
      ...(asked.edits !== undefined && { edits: await readEditsFile(resolve(asked.edits)) }),
      ...(asked.tighten !== undefined && { tighten: asked.tighten }),
      ...(typeof asked.tightenZoom === 'number' && { tightenZoom: asked.tightenZoom }),
      ...finishOf(asked),
      out: resolve(asked.out ?? ('link' in about ? outNameOfLink(about) : defaultOutName(given))),
    },
    ...(asked.brand !== undefined && { brandPath: resolve(asked.brand) }),
    data: asked.data,
    json: asked.json,
  }
}

async function runOfFile(given: string): Promise<Pick<RunSettings, 'path' | 'title'>> {
  return {
    // The place the file really has, so that a symbolic link to it is the same recording.
    path: await realpath(given).catch(() => given),
    title: basename(given, extname(given)) || basename(given),
  }
}

const usualMode = 'highlights'
// A question, not a document: what is beyond its first two dozen words is not looked for anyway.
const mostQueryLetters = 1000

function queryProblem(mode: string | undefined, query: string | undefined): string | null {
  if (query === undefined) return mode === 'query' ? '--mode query needs --query TEXT: what to look for.' : null
  if (mode !== undefined && mode !== 'query') return `--query goes with --mode query, not with --mode ${mode}.`
  if (query.trim() === '') return '--query is empty: say what to look for.'
  const letters = Array.from(query.trim()).length
  return letters > mostQueryLetters
    ? `--query may have at most ${mostQueryLetters} letters, and this has ${letters}.`
    : null
}

function wordlessProblem(asked: {
  mode?: string | undefined
  query?: string | undefined
  transcript?: string | undefined
}): string | null {
  if (asked.transcript !== undefined) return '--without-words and --transcript contradict each other.'
  if (asked.query !== undefined || asked.mode === 'query') return 'Questions need words: leave out --without-words.'
  return asked.mode === 'chapters' ? 'Chapters need words: leave out --without-words.' : null
}

function sayLengthProblem(asked: AskedLengths): string | null {
  const problem = lengthProblem(asked)
  if (problem === null) return null
  if (problem.is === 'min over max') return '--min must not be greater than --max.'
  return `--${problem.name} must be at most ${problem.limit} for --platform ${asked.platform ?? ''}.`
}
