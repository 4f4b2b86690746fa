import { stat } from 'node:fs/promises'
import type { Kysely } from 'kysely'
import type { Tables } from '../database/tables.ts'
import { AppError } from '../domain/app-error.ts'
import { type FileIdentity, findFileHash } from '../library/file-hashes.store.ts'
import type { Recording } from '../library/recordings.store.ts'

export class RecordingMoved extends AppError {
  readonly code = 'RECORDING_MOVED'
  constructor(path: string, cause: unknown) {
    super(`The recording is no longer at ${path}.`, {
      cause,
      hint: 'Put it back, or give the command with its new place.',
    })
  }
}

export class RecordingChanged extends AppError {
  readonly code = 'RECORDING_CHANGED'
  constructor(path: string) {
    super(`The file at ${path} has changed since it was read.`, { hint: 'Give the command again when it is finished.' })
  }
}

/**
 * Reads a recording's file and makes sure that it was the same one all the while: what was seen or heard of another one
 * would be remembered under this one's name. A failure while reading is told by its reason, where that is the file.
 * @throws RecordingMoved | RecordingChanged, and what `read` throws
 */
export async function readSource<T>(
  db: Kysely<Tables>,
  recording: Recording,
  read: (path: string) => Promise<T>,
): Promise<T> {
  const path = await locateSource(db, recording)
  try {
    return await read(path)
  } finally {
    await locateSource(db, recording)
  }
}

/** What tells this file from a changed one without reading it. */
export async function identifyFile(path: string): Promise<FileIdentity> {
  const { size, mtimeMs, ino, dev } = await stat(path, { bigint: false })
  return { path, sizeBytes: size, modifiedMs: mtimeMs, inode: `${dev}:${ino}` }
}

/**
 * The path of a recording's file, after a look that it is still the one that was hashed: recordings are used in place, and
 * people move and overwrite things. @throws RecordingMoved | RecordingChanged
 */
export async function locateSource(db: Kysely<Tables>, { path, contentHash }: Recording): Promise<string> {
  const identity = await identifyFile(path).catch((cause: unknown) => {
    throw new RecordingMoved(path, cause)
  })
  if ((await findFileHash(db, identity)) !== contentHash) throw new RecordingChanged(path)
  return path
}
