import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { compose } from '../../compose.ts'
import { dataFolder } from '../../config/data-folder.ts'
import { loadSettings } from '../../config/load-settings.ts'
import type { Settings } from '../../config/settings.ts'
import { asNoSpace } from '../../domain/no-space.ts'
import { createMedia } from '../../media/create-media.ts'
import { findMediaTools } from '../../media/find-media-tools.ts'
import { type MomentsDocument, momentsDocumentSchema } from '../../pipeline/conclude/moments-document.ts'
import { documentName, reportName, takeOutFolder } from '../../pipeline/conclude/out-folder.ts'
import { readBrandFile } from '../../pipeline/cut/brand/files/read-brand-file.ts'
import { checkMusic } from '../../pipeline/cut/sound/music-file.ts'
import { findMediaFile } from '../../pipeline/ingest/find-media-file.ts'
import type { Pipeline } from '../../pipeline/open-pipeline.ts'
import { findTranscriptFile } from '../../pipeline/transcribe/read-transcript-file.ts'
import { createProgressView } from '../progress/create-progress-view.ts'
import { createPaint, shouldColour } from '../terminal/create-paint.ts'
import { exitCodeOf, exitCodeOfResult } from '../terminal/exit-codes.ts'
import { Interrupted, listenForInterruption } from '../terminal/interruption.ts'
import { printError } from '../terminal/print-error.ts'
import { terminalLogger } from '../terminal/terminal-logger.ts'
import { attendRun } from './attend-run.ts'
import { type ClipCommand, readClipOptions } from './clip-options.ts'
import { placeLinks } from './link-options.ts'
import { resultsSummary } from './results-summary.ts'
import { resultsTable } from './results-table.ts'
import { RunFailed, watchRun } from './watch-run.ts'

/** `clipwright clip FILE`: one recording from its file to a folder of clips. Returns the exit status. */
export async function clip(file: string, options: object): Promise<number> {
  const json = 'json' in options && options.json === true
  try {
    const command = await readClipOptions(file, options)
    const document = await makeClips(command)
    show(document, command)
    return exitCodeOfResult(document)
  } catch (thrown) {
    // The database says it in words of its own.
    const error = asNoSpace(thrown)
    printError(error, { json })
    return exitCodeOf(error)
  }
}

async function makeClips(command: ClipCommand): Promise<MomentsDocument> {
  using interruption = listenForInterruption()
  const { signal } = interruption
  try {
    return await makeClipsUntil(signal, command)
  } catch (error) {
    // Whatever an interruption breaks off (a start of the database, a tool) fails in words of its own.
    throw signal.aborted ? signal.reason : error
  }
}

async function makeClipsUntil(signal: AbortSignal, command: ClipCommand): Promise<MomentsDocument> {
  const { data, json, brandPath, run: given } = command
  const settings = loadSettings()
  // Before anything is started or made: a slip of the pen is told at once.
  if (given.link === undefined) await findMediaFile(given.path)
  if (given.transcriptPath !== null && given.transcriptLink === undefined)
    await findTranscriptFile(given.transcriptPath)
  if (given.music !== undefined) await checkMusicFile(given.music.path, settings)
  const branded = brandPath === undefined ? command : await withBrand(brandPath, { command, settings, signal })
  const findFolder = () => dataFolder({ flag: data, settings })
  // What a link leads to will lie in the data folder; a file lies where it is, and needs none to be refused.
  const path = given.link === undefined ? given.path : placeLinks(given, findFolder()).path
  await using _taken = await takeOutFolder(given.out, path)
  const folder = findFolder()
  const run = placeLinks(branded.run, folder)
  const logger = terminalLogger(settings)
  const pipeline = await compose({ settings, dataFolder: folder, logger, signal })
  try {
    await carryOut(pipeline, { command: { ...branded, run }, json, signal })
  } finally {
    await pipeline.close()
  }
  return momentsDocumentSchema.parse(JSON.parse(await readFile(join(run.out, documentName), 'utf8')))
}

async function withBrand(path: string, { command, settings, signal }: Branding): Promise<ClipCommand> {
  const tools = await findMediaTools(settings, { signal })
  const brand = await readBrandFile({ path, media: createMedia({ tools, signal }) })
  return { ...command, run: { ...command.run, brand } }
}

interface Branding {
  command: ClipCommand
  settings: Settings
  signal: AbortSignal
}

async function checkMusicFile(path: string, settings: Settings): Promise<void> {
  await checkMusic({ path, media: createMedia({ tools: await findMediaTools(settings) }) })
}

async function carryOut(
  pipeline: Pipeline,
  { command, json, signal }: { command: ClipCommand; json: boolean; signal: AbortSignal },
): Promise<void> {
  signal.throwIfAborted()
  const { runId, resumed } = await pipeline.beginRun(command.run)
  const cancel = (): void => void pipeline.cancelRun(runId).catch(() => undefined)
  signal.addEventListener('abort', cancel)
  // It may have come while the run was begun; a signal tells nobody twice.
  if (signal.aborted) cancel()
  const view = createProgressView({ json, stream: process.stderr })
  if (resumed) view.note('Going on where the last run of this command stopped.')
  const attended = await attendRun(pipeline, runId)
  try {
    const run = await watchRun(pipeline, runId, view)
    if (run.status === 'cancelled') throw new Interrupted()
    if (run.status !== 'done') throw new RunFailed(run.error ?? unexplained)
  } finally {
    signal.removeEventListener('abort', cancel)
    await attended[Symbol.asyncDispose]()
  }
}

function show(document: MomentsDocument, { run, json }: ClipCommand): void {
  const places = { folder: run.out, report: join(run.out, reportName) }
  if (json) return void process.stdout.write(`${JSON.stringify({ ...places, ...document }, null, 2)}\n`)
  const paint = createPaint(shouldColour(process.stdout))
  const table = resultsTable(document, { width: process.stdout.columns ?? 100, paint })
  const lines = [table, ...resultsSummary(document, { places, paint })]
  process.stdout.write(`${lines.filter((line, index) => line !== '' || index > 0).join('\n')}\n`)
}

const unexplained = { code: 'UNEXPECTED', message: 'The run failed without saying why.', retry: 'later' as const }
