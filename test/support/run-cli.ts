import { copyFile, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join, parse } from 'node:path'
import pLimit from 'p-limit'
import type { MomentsDocument } from '../../src/pipeline/conclude/moments-document.ts'
import { Command, type CommandResult } from './command.ts'
import { databaseUrlOf } from './database-url.ts'
import { namesIn } from './files-of.ts'
import { processesWith } from './processes.ts'
import { temporaryDatabase } from './temporary-database.ts'

/** What `--json` prints: an error, or the document of moments. */
export interface CliDocument extends Partial<MomentsDocument> {
  /** Absolute path of the folder with the clips. */
  folder?: string
  error?: { code: string; message: string; hint: string | null; evidence: { output?: string } | null }
}

export interface CliResult extends CommandResult {
  json: CliDocument
}

export interface RunOptions {
  /** Added to the surroundings of the command. */
  env?: Record<string, string>
  cwd?: string
  /** What is run by Node instead of the command line itself. */
  program?: string
}

/** One data folder and one database for the commands of a test file, so that equal work is done once. */
export interface Home {
  readonly data: string
  readonly databaseUrl: string
  /** A fresh folder below the home. */
  makeDesk(): Promise<string>
  /** A copy of a recording with its transcript beside it. */
  put(recording: string, to: string, transcript?: string): Promise<void>
  /** Runs `clipwright clip … --json` to its end. */
  clip(args: readonly string[], options?: RunOptions): Promise<CliResult>
  /** The same without `--json`, as a person sees it in a pipe. */
  clipAsPerson(args: readonly string[], options?: RunOptions): Promise<CommandResult>
  /** Begins it and leaves it running. */
  begin(args: readonly string[], options?: RunOptions): Command
  /** What a command must not leave: half-written files in the data folder, processes. Only when none runs. */
  remains(): Promise<string[]>
  close(): Promise<void>
}

/** A command that takes longer hangs: the slowest takes some twenty seconds, minutes on a machine with ten others at work. */
const HANGS_MS = 600_000
/** For the tests of a file: those that stand in line wait, too. */
export const patient = { timeout: 2 * HANGS_MS }
/** Two at once, however many tests run side by side: machines of this size are what people have. */
const pool = pLimit(2)

export async function openHome(): Promise<Home> {
  const folder = await mkdtemp(join(tmpdir(), 'clipwright-home-'))
  const database = await temporaryDatabase()
  const data = join(folder, 'data')
  const databaseUrl = databaseUrlOf(database)
  const begin = (args: readonly string[], { env, ...options }: RunOptions = {}) =>
    new Command(['clip', ...args], {
      env: { DATABASE_URL: databaseUrl, CLIPWRIGHT_DATA: data, ...env },
      cwd: folder,
      ...options,
    })
  const run = (args: readonly string[], options?: RunOptions) => pool(() => toEnd(begin(args, options)))
  return {
    data,
    databaseUrl,
    async put(recording, to, transcript = fiveSeconds) {
      await copyFile(recording, to)
      await writeFile(join(dirname(to), `${parse(to).name}.srt`), transcript)
    },
    makeDesk: () => mkdtemp(join(folder, 'desk-')),
    async clip(args, options) {
      // In front, because after `--` an option is a name.
      const result = await run(['--json', ...args], options)
      return { ...result, json: parseDocument(result) }
    },
    clipAsPerson: run,
    begin,
    async remains() {
      const work = (await namesIn(join(data, 'work'))).map((name) => join('work', name))
      const halves = (await namesIn(join(data, 'renderings'))).filter((name) => name.endsWith('.part'))
      return [...work, ...halves, ...processesWith(folder).map(({ command }) => command)]
    },
    async close() {
      await database.close()
      await rm(folder, { recursive: true, force: true })
    },
  }
}

/** What is said in a recording of five seconds: one moment, whatever is asked for. */
const fiveSeconds =
  '1\n00:00:00,300 --> 00:00:02,400\nNine podcasts out of ten stop early.\n\n' +
  '2\n00:00:02,500 --> 00:00:04,700\nPlan ten episodes before the first!\n'

async function toEnd(command: Command): Promise<CommandResult> {
  let hangs = false
  const watchdog = setTimeout(() => {
    hangs = true
    command.interruptGroup('SIGKILL')
  }, HANGS_MS)
  const result = await command.ended
  clearTimeout(watchdog)
  if (hangs) throw new Error(`the command hung:\n${result.stdout}\n${result.stderr}`)
  return result
}

function parseDocument({ stdout, stderr, status }: CommandResult): CliDocument {
  try {
    return JSON.parse(stdout) as CliDocument
  } catch {
    throw new Error(`no JSON document (status ${status}):\n${stdout}\n${stderr}`)
  }
}

/** Exit status and error of a command that was refused or failed, all that a program or a person is told. */
export function refusalOf({ status, json: { error } }: CliResult) {
  return { status, code: error?.code, message: error?.message, hint: error?.hint }
}
