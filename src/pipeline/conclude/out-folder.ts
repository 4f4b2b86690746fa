import { constants } from 'node:fs'
import { access, readFile, rmdir } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { makeFolder } from '../../config/make-folder.ts'
import { AppError } from '../../domain/app-error.ts'
import { asNoSpace, NoSpace } from '../../domain/no-space.ts'
import { sayFileError } from '../../domain/say-file-error.ts'
import { sha256OfFile } from '../../media/sha256-of-file.ts'
import { takeProcessLock } from '../../observability/process-lock.ts'
import { type MomentsDocument, momentsDocumentSchema } from './moments-document.ts'

export const documentName = 'moments.json'
export const reportName = 'report.html'
const lockName = '.clipwright.lock'

export class OutFolderUnusable extends AppError {
  readonly code = 'OUT_FOLDER_UNUSABLE'
  constructor(path: string, cause: unknown) {
    super(`Clips can't be written to ${path}: ${sayFileError(cause, 'write')}.`, {
      cause,
      hint: 'Choose another folder with --out.',
    })
  }
}

export class OutFolderTaken extends AppError {
  readonly code = 'OUT_FOLDER_TAKEN'
  constructor(path: string, what: string) {
    super(`The folder ${path} already holds ${what}.`, { hint: 'Choose another folder with --out.' })
  }
}

export class OutFolderBusy extends AppError {
  readonly code = 'OUT_FOLDER_BUSY'
  override readonly retry = 'later' as const
  /** Of the process that writes there. */
  readonly pid: number
  constructor(path: string, pid: number) {
    super(`Another Clipwright (process ${pid}) is writing to ${path} right now.`, {
      hint: 'Wait for it to end, or choose another folder with --out.',
    })
    this.pid = pid
  }
}

/**
 * Takes the folder for one run: makes it, checks that it can be written and holds nothing of another recording, and keeps
 * every other process out until it is disposed. A folder that was made for the run and is still empty then goes with it.
 * @throws OutFolderUnusable | OutFolderTaken | OutFolderBusy | NoSpace
 */
export async function takeOutFolder(path: string, recordingPath: string): Promise<AsyncDisposable> {
  const firstMade = await makeUsable(path)
  const giveUp = () => removeEmpty(path, firstMade)
  try {
    await refuseForeign(path, recordingPath)
    const held = await lock(path)
    return {
      [Symbol.asyncDispose]: async () => {
        await held[Symbol.asyncDispose]()
        await giveUp()
      },
    }
  } catch (error) {
    await giveUp()
    throw error
  }
}

/** The topmost of the folders that had to be made; undefined when all were there. */
async function makeUsable(path: string): Promise<string | undefined> {
  try {
    const firstMade = makeFolder(path)
    await access(path, constants.W_OK | constants.X_OK)
    return firstMade
  } catch (cause) {
    throw unusable(path, cause)
  }
}

function unusable(path: string, cause: unknown): AppError {
  const named = asNoSpace(cause)
  return named instanceof NoSpace ? named : new OutFolderUnusable(path, cause)
}

/** From the folder up to the topmost one that was made for it, as long as there is nothing in them. */
async function removeEmpty(path: string, firstMade: string | undefined): Promise<void> {
  if (firstMade === undefined) return
  try {
    for (let folder = path; folder.length >= firstMade.length; folder = dirname(folder)) await rmdir(folder)
  } catch {
    // Something is in it, or it is in use: then it stays.
  }
}

/** What an earlier run wrote into the folder, or null when there is nothing of ours. */
export async function readEarlierDocument(path: string): Promise<MomentsDocument | null> {
  const text = await readFile(join(path, documentName), 'utf8').catch(() => null)
  if (text === null) return null
  return momentsDocumentSchema.safeParse(parseJson(text)).data ?? null
}

async function refuseForeign(path: string, recordingPath: string): Promise<void> {
  const earlier = await readEarlierDocument(path)
  if (earlier && earlier.recording.path !== recordingPath && !(await hasMoved(earlier, recordingPath))) {
    throw new OutFolderTaken(path, `the clips of ${earlier.recording.name}`)
  }
  if (earlier) return
  for (const name of [documentName, reportName]) {
    const isThere = await access(join(path, name)).then(
      () => true,
      () => false,
    )
    if (isThere) throw new OutFolderTaken(path, `a ${name} that Clipwright did not write`)
  }
}

/** Whether the recording these clips are of is no longer where it was, and is now here. Only then the file is read. */
async function hasMoved({ recording }: MomentsDocument, path: string): Promise<boolean> {
  try {
    await access(recording.path)
    return false
  } catch {
    return (await sha256OfFile(path).catch(() => null)) === recording.hash
  }
}

async function lock(folder: string): Promise<AsyncDisposable> {
  const taken = await takeProcessLock(join(folder, lockName)).catch((cause: unknown) => {
    throw unusable(folder, cause)
  })
  if ('holder' in taken) throw new OutFolderBusy(folder, taken.holder.pid)
  return taken
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}
