import { compose } from '../../compose.ts'
import { dataFolder } from '../../config/data-folder.ts'
import { loadSettings } from '../../config/load-settings.ts'
import { asNoSpace } from '../../domain/no-space.ts'
import { restoreClipEdit, takeBackClipEdit } from '../../library/clip-edits.store.ts'
import { ClipNotFound } from '../../library/clip-history.store.ts'
import type { ClipChanges } from '../../pipeline/clip-changes.ts'
import type { DocumentedMoment } from '../../pipeline/conclude/moments-document.ts'
import { readEarlierDocument, takeOutFolder } from '../../pipeline/conclude/out-folder.ts'
import { changeClip } from '../../pipeline/cut/edit/change-clip.ts'
import type { Editable } from '../../pipeline/cut/edit/editable-clip.ts'
import {
  type PlannedChange,
  planChange,
  settingsWithout,
  storeChange,
  undoneChange,
} from '../../pipeline/cut/edit/plan-change.ts'
import type { PlannedEdit } from '../../pipeline/cut/edit/plan-edit.ts'
import { beginAgain } from '../../pipeline/engine/begin-again.ts'
import type { Pipeline } from '../../pipeline/open-pipeline.ts'
import type { RunSettings } from '../../pipeline/run-settings.ts'
import { guessLanguage } from '../../pipeline/transcribe/align/guess-language.ts'
import { attendRun } from '../clip/attend-run.ts'
import { RunFailed, watchRun } from '../clip/watch-run.ts'
import { createProgressView } from '../progress/create-progress-view.ts'
import { exitCodeOf, exitCodes } from '../terminal/exit-codes.ts'
import { Interrupted, listenForInterruption } from '../terminal/interruption.ts'
import { printError } from '../terminal/print-error.ts'
import { terminalLogger } from '../terminal/terminal-logger.ts'
import { type EditCommand, readEditOptions } from './edit-options.ts'
import { findEditable } from './find-editable.ts'
import { type Edited, sayClip, sayEdited } from './say-edit.ts'

const by = 'cli'
const unexplained = { code: 'UNEXPECTED', message: 'The run failed without saying why.', retry: 'later' as const }

/** `clipwright edit CLIP …`: changes one clip, makes it anew and brings its folder up to date. Returns the exit status. */
export async function edit(name: string, rank: string | undefined, options: object): Promise<number> {
  const json = 'json' in options && options.json === true
  using interruption = listenForInterruption()
  const { signal } = interruption
  try {
    const command = await readEditOptions(options)
    const said = await carryOut({ name, rank, command, signal })
    process.stdout.write(json ? `${JSON.stringify(said.json, null, 2)}\n` : `${said.lines.join('\n')}\n`)
    return exitCodes.ok
  } catch (thrown) {
    const error = signal.aborted ? signal.reason : asNoSpace(thrown)
    printError(error, { json })
    return exitCodeOf(error)
  }
}

interface Asked {
  name: string
  rank: string | undefined
  command: EditCommand
  signal: AbortSignal
}

async function carryOut({ name, rank, command, signal }: Asked) {
  const settings = loadSettings()
  const logger = terminalLogger(settings)
  const folder = dataFolder({ flag: command.data, settings })
  const pipeline = await compose({ settings, dataFolder: folder, logger, signal })
  try {
    const clip = await findEditable(pipeline.database.kysely, name, rank)
    if (command.kind === 'list') return sayClip(clip, await plan(pipeline, { clip, changes: clip.changes, signal }))
    const change = changeOf(clip, command)
    // All that can be wrong with it is found before anything is changed.
    await plan(pipeline, { clip, changes: change.changes, signal, strict: command.kind === 'change' })
    await using _taken = await takeOutFolder(clip.settings.out, clip.recording.path)
    return sayEdited(clip, await make(pipeline, { clip, change, signal, json: command.json }))
  } finally {
    await pipeline.close()
  }
}

function changeOf(clip: Editable, { kind, asked }: EditCommand): PlannedChange {
  if (kind === 'change') return { changes: changeClip(clip.changes, asked, clip.moment), takeBack: null }
  return kind === 'original' ? { changes: {}, takeBack: null } : undoneChange(clip)
}

interface Planning {
  clip: Editable
  changes: ClipChanges
  signal: AbortSignal
  strict?: boolean
}

function plan({ database, tools }: Pipeline, planning: Planning): Promise<PlannedEdit> {
  return planChange({ db: database.kysely, tools, guessLanguage, ...planning })
}

interface Making {
  clip: Editable
  change: PlannedChange
  signal: AbortSignal
  json: boolean
}

/** Stores the change and makes the clip; whatever stops that, the change is taken back and the clip is as it was. */
async function make(pipeline: Pipeline, { clip, change, signal, json }: Making): Promise<Edited> {
  const { settings, given } = clip
  const takeBack = await store(pipeline, clip, change)
  try {
    const made = await runAgain(pipeline, { clip, settings: settingsWithout(given, settings), signal, json })
    if (made.clip.status === 'done') return { ...made, clip: made.clip }
    const { error } = made.clip
    await takeBack()
    // The folder says now that the clip failed: it gets the one that was there.
    await runAgain(pipeline, { clip, settings, signal, json: true })
    const { code, message, hint } = error
    throw new RunFailed({ code, message, ...(hint === null ? {} : { hint }), retry: 'never' })
  } catch (error) {
    await takeBack()
    throw error
  }
}

/** Returns what takes it back. */
async function store({ database }: Pipeline, clip: Editable, change: PlannedChange): Promise<() => Promise<void>> {
  const db = database.kysely
  const saved = await storeChange(db, { clip, change, by })
  return async () => {
    if (saved !== null) await takeBackClipEdit(db, { id: saved, by })
    else if (typeof change.takeBack === 'number') await restoreClipEdit(db, { id: change.takeBack, by })
  }
}

interface Again {
  clip: Editable
  settings: RunSettings
  signal: AbortSignal
  json: boolean
}

async function runAgain(pipeline: Pipeline, { clip, settings, signal, json }: Again): Promise<DocumentedMoment> {
  signal.throwIfAborted()
  const db = pipeline.database.kysely
  const runId = await beginAgain(db, { queue: pipeline.queue, of: clip.runId, settings, by })
  const cancel = (): void => void pipeline.cancelRun(runId).catch(() => undefined)
  signal.addEventListener('abort', cancel)
  if (signal.aborted) cancel()
  const attended = await attendRun(pipeline, runId)
  try {
    const run = await watchRun(pipeline, runId, createProgressView({ json, stream: process.stderr }))
    if (run.status === 'cancelled') throw new Interrupted()
    if (run.status === 'failed') throw new RunFailed(run.error ?? unexplained)
  } finally {
    signal.removeEventListener('abort', cancel)
    await attended[Symbol.asyncDispose]()
  }
  const document = await readEarlierDocument(settings.out)
  const made = document?.moments.find(({ rank }) => rank === clip.moment.rank)
  if (!made) throw new ClipNotFound(`${settings.out}#${clip.moment.rank}`)
  return made
}
