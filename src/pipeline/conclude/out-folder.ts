import { constants } from 'node:fs'
import { access, copyFile, link, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { AppError } from '../../domain/app-error.ts'
import type { ProcessIdentity } from '../../domain/process-identity.ts'
import { hasEnded, thisProcess } from '../../observability/this-process.ts'
import { type MomentsDocument, momentsDocumentSchema } from './moments-document.ts'

export const documentName = 'moments.json'
export const reportName = 'report.html'
const lockName = '.clipwright.lock'

export class OutFolderUnusable extends AppError {
  readonly code = 'OUT_FOLDER_UNUSABLE'
  constructor(path: string, cause: unknown) {
    super(`Clips cannot be written to ${path}: ${cause instanceof Error ? cause.message : String(cause)}.`, {
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
 * every other process out until it is disposed. @throws OutFolderUnusable | OutFolderTaken | OutFolderBusy
 */
export async function takeOutFolder(path: string, recordingPath: string): Promise<AsyncDisposable> {
  try {
    await mkdir(path, { recursive: true })
    await access(path, constants.W_OK | constants.X_OK)
  } catch (cause) {
    throw new OutFolderUnusable(path, cause)
  }
  await refuseForeign(path, recordingPath)
  await lock(path)
  return { [Symbol.asyncDispose]: () => rm(join(path, lockName), { force: true }) }
}

/** What an earlier run wrote into the folder, or null when there is nothing of ours. */
export async function readEarlierDocument(path: string): Promise<MomentsDocument | null> {
  const text = await readFile(join(path, documentName), 'utf8').catch(() => null)
  if (text === null) return null
  return momentsDocumentSchema.safeParse(parseJson(text)).data ?? null
}

async function refuseForeign(path: string, recordingPath: string): Promise<void> {
  const earlier = await readEarlierDocument(path)
  if (earlier && earlier.recording.path !== recordingPath) {
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

async function lock(folder: string, triesLeft = 3): Promise<void> {
  const file = join(folder, lockName)
  const own = `${file}.${process.pid}`
  try {
    // Written apart and linked, so that nobody ever sees the lock without its holder.
    await writeFile(own, JSON.stringify(thisProcess()))
    await link(own, file).catch((cause: unknown) =>
      isExisting(cause) ? Promise.reject(cause) : copyFile(own, file, constants.COPYFILE_EXCL),
    )
    return
  } catch (cause) {
    if (!isExisting(cause)) throw new OutFolderUnusable(folder, cause)
    const holder = await readHolder(file)
    if (holder && !hasEnded(holder)) throw new OutFolderBusy(folder, holder.pid)
    if (triesLeft === 0) throw new OutFolderUnusable(folder, cause)
  } finally {
    await rm(own, { force: true })
  }
  await removeStale(file)
  await lock(folder, triesLeft - 1)
}

/** Moves the lock of a dead process away; if another process was quicker and the lock is its own, puts it back. */
async function removeStale(file: string): Promise<void> {
  const aside = `${file}.stale-${process.pid}`
  try {
    await rename(file, aside)
  } catch {
    return
  }
  const holder = await readHolder(aside)
  if (holder && !hasEnded(holder)) await link(aside, file).catch(() => undefined)
  await rm(aside, { force: true })
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
