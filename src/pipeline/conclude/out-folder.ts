import { randomUUID } from 'node:crypto'
import { constants } from 'node:fs'
import { access, copyFile, link, readFile, rm, rmdir, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { z } from 'zod'
import { makeFolder } from '../../config/make-folder.ts'
import { AppError } from '../../domain/app-error.ts'
import { asNoSpace, NoSpace } from '../../domain/no-space.ts'
import type { ProcessIdentity } from '../../domain/process-identity.ts'
import { sayFileError } from '../../domain/say-file-error.ts'
import { sha256OfFile } from '../../media/sha256-of-file.ts'
import { hasEnded, thisProcess } from '../../observability/this-process.ts'
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
  constructor(path: string, pid: number) {
    super(`Another Clipwright (process ${pid}) is writing to ${path} right now.`, {
      hint: 'Wait for it to end, or choose another folder with --out.',
    })
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
    await lock(path)
  } catch (error) {
    await giveUp()
    throw error
  }
  return {
    [Symbol.asyncDispose]: async () => {
      await rm(join(path, lockName), { force: true })
      await giveUp()
    },
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

async function lock(folder: string): Promise<void> {
  const file = join(folder, lockName)
  for (let tries = 0; tries < mostTries; tries++) {
    if (await claim(file)) return
    const holder = await readHolder(file)
    if (holder && !hasEnded(holder)) throw new OutFolderBusy(folder, holder.pid)
    await removeStale(file)
  }
  throw new OutFolderUnusable(folder, `${lockName} stays there although nobody holds it`)
}

/** Each try is at most one other process that takes over the same stale lock, for a few milliseconds. */
const mostTries = 100
const takeoverMs = 20

/** Writes who we are under this name; false when somebody stands there. */
async function claim(file: string): Promise<boolean> {
  const own = `${file}.${randomUUID()}`
  try {
    // Written apart and linked, so that nobody ever sees the lock without its holder.
    await writeFile(own, JSON.stringify(thisProcess()))
    await link(own, file).catch((cause: unknown) =>
      isExisting(cause) ? Promise.reject(cause) : copyFile(own, file, constants.COPYFILE_EXCL),
    )
    return true
  } catch (cause) {
    if (isExisting(cause)) return false
    throw unusable(dirname(file), cause)
  } finally {
    await rm(own, { force: true })
  }
}

/**
 * Removes the lock of a dead process. Only who has claimed the takeover may, and looks again first: else a slow one could
 * remove the lock of a quicker one that has just taken over.
 */
async function removeStale(file: string): Promise<void> {
  const takeover = `${file}.takeover`
  if (!(await claim(takeover))) {
    const other = await readHolder(takeover)
    if (other && hasEnded(other)) await rm(takeover, { force: true })
    return sleep(takeoverMs)
  }
  try {
    const holder = await readHolder(file)
    if (!holder || hasEnded(holder)) await rm(file, { force: true })
  } finally {
    await rm(takeover, { force: true })
  }
}

const identity = z.object({ host: z.string(), bootId: z.string(), pid: z.number(), startTime: z.string() })

async function readHolder(file: string): Promise<ProcessIdentity | null> {
  const text = await readFile(file, 'utf8').catch(() => '')
  return identity.safeParse(parseJson(text)).data ?? null
}

function isExisting(cause: unknown): boolean {
  return cause instanceof Error && 'code' in cause && cause.code === 'EEXIST'
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}
