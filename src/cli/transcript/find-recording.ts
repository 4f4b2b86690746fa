import { readFile, stat } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import type { Kysely } from 'kysely'
import { z } from 'zod'
import type { Tables } from '../../database/tables.ts'
import { AppError } from '../../domain/app-error.ts'
import { findFileHash } from '../../library/file-hashes.store.ts'
import { findRecordingByHash, type Recording } from '../../library/recordings.store.ts'
import { sha256OfFile } from '../../media/sha256-of-file.ts'
import { documentName } from '../../pipeline/conclude/out-folder.ts'
import { findMediaFile } from '../../pipeline/ingest/find-media-file.ts'

/** A file that is there, but was never taken in. */
export class RecordingNotTakenIn extends AppError {
  readonly code = 'RECORDING_NOT_TAKEN_IN'
  constructor(name: string) {
    super(`Clipwright does not know the recording ${name} yet.`, {
      hint: 'Give it to `clipwright clip` first, with its transcript if it has one; recordings of another data folder need its --data.',
    })
  }
}

const folderDocument = z.object({ recording: z.object({ hash: z.string().min(1) }) })

/**
 * The recording a person means: by its file, known by content wherever it lies now, or by the folder of clips made of it.
 * @throws RecordingNotTakenIn | MediaNotFound | MediaEmpty
 */
export async function findRecording(db: Kysely<Tables>, name: string): Promise<Recording> {
  const path = resolve(name)
  const isFolder = await stat(path).then(
    (found) => found.isDirectory(),
    () => false,
  )
  const hash = isFolder ? await hashInFolder(path) : await hashOfFile(db, path)
  const recording = hash === null ? null : await findRecordingByHash(db, hash)
  if (recording === null) throw new RecordingNotTakenIn(name)
  return recording
}

async function hashOfFile(db: Kysely<Tables>, path: string): Promise<string> {
  const file = await findMediaFile(path)
  return (await findFileHash(db, file)) ?? (await sha256OfFile(file.path))
}

async function hashInFolder(folder: string): Promise<string | null> {
  const text = await readFile(join(folder, documentName), 'utf8').catch(() => null)
  if (text === null) return null
  try {
    return folderDocument.safeParse(JSON.parse(text)).data?.recording.hash ?? null
  } catch {
    return null
  }
}
