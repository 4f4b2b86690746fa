import { constants } from 'node:fs'
import { copyFile, link, open, readFile, realpath, rm, stat } from 'node:fs/promises'
import { basename } from 'node:path'
import { AppError, type ErrorRecord, toErrorRecord } from '../../domain/app-error.ts'
import { saveEvent } from '../../library/events.store.ts'
import { saveFileHash } from '../../library/file-hashes.store.ts'
import { setPartWhole, setRefused, setWhole, type Upload } from '../../library/uploads.store.ts'
import { createMedia } from '../../media/create-media.ts'
import { sha256OfFile } from '../../media/sha256-of-file.ts'
import { MediaEmpty } from '../../pipeline/ingest/ingest-errors.ts'
import { inspectMedia } from '../../pipeline/ingest/inspect-media.ts'
import { identifyFile } from '../../pipeline/source-file.ts'
import { parseTranscript } from '../../pipeline/transcribe/formats/parse-transcript.ts'
import { beginUploaded } from './begin-uploaded.ts'
import type { UploadDesk } from './upload-desk.ts'
import { MediaWrongType, UploadTooLarge } from './upload-errors.ts'
import { contentPath, receivingPath, transcriptEnding } from './uploads-folder.ts'
import { wrongTypeOf } from './wrong-type.ts'

/** An upload that turned out to be of no use: why, by its name and not by a path of ours. */
class UploadRefused extends AppError {
  readonly code: string
  constructor({ code, message, hint }: ErrorRecord) {
    super(message, hint === undefined ? {} : { hint })
    this.code = code
  }
}

const largestTranscript = 50e6

/**
 * All bytes of an upload are here: looks at what it is, puts it in its place and begins its run. Called again after a crash, it goes on. Returns
 * the run, or null where there is none yet: for a transcript, a part, or while the queue is full.
 * @throws what was wrong with it; its bytes are gone then, unless trying again can help
 */
export async function takeIn(desk: UploadDesk, upload: Upload): Promise<string | null> {
  if (upload.part === 'partial') {
    await setPartWhole(desk.db, upload.id)
    return null
  }
  const received = receivingPath(desk.dataFolder, upload.id)
  try {
    await checks[upload.kind](desk, upload, received)
  } catch (error) {
    if (!(error instanceof AppError) || error.retry === 'later') throw error
    throw await refuse(desk, upload, error)
  }
  const whole = await place(desk, upload, received)
  return upload.kind === 'recording' ? beginUploaded(desk, whole) : null
}

const checks: Record<Upload['kind'], (desk: UploadDesk, upload: Upload, path: string) => Promise<void>> = {
  recording: checkRecording,
  transcript: (_, upload, path) => checkTranscript(upload, path),
  // What it is good for is known where it is used.
  async asset(_, __, path) {
    if ((await stat(path)).size === 0) throw new MediaEmpty(path)
  },
}

/** By content: nothing here asks what a file is called. */
async function checkRecording({ pipeline }: UploadDesk, { fileName }: Upload, path: string): Promise<void> {
  const head = await headOf(path)
  if (head.length === 0) throw new MediaEmpty(path)
  const wrong = wrongTypeOf(head)
  if (wrong !== null) throw new MediaWrongType(fileName || 'The file', wrong)
  await inspectMedia({ path, media: createMedia({ tools: pipeline.tools }) })
}

async function checkTranscript({ fileName }: Upload, path: string): Promise<void> {
  const { size } = await stat(path)
  if (size > largestTranscript) throw new UploadTooLarge(largestTranscript)
  parseTranscript(await readFile(path), { name: fileName || 'The transcript', language: null })
}

async function headOf(path: string): Promise<Uint8Array> {
  await using file = await open(path)
  const { buffer, bytesRead } = await file.read(Buffer.alloc(1024), 0, 1024, 0)
  return buffer.subarray(0, bytesRead)
}

/** Removes its bytes and says why, to whoever sent it and in the events. */
export async function refuse(desk: UploadDesk, upload: Upload, why: AppError): Promise<AppError> {
  const { db, dataFolder } = desk
  const received = receivingPath(dataFolder, upload.id)
  const { evidence: _, ...record } = toErrorRecord(why)
  const name = upload.fileName || 'The file'
  const error = { ...record, message: record.message.replaceAll(received, name) }
  await setRefused(db, { id: upload.id, error })
  await rm(received, { force: true })
  await saveEvent(db, {
    severity: 'warn',
    component: 'uploads',
    name: 'upload.refused',
    message: `An upload was refused: ${error.message}`,
    data: { uploadId: upload.id, code: error.code },
  })
  return new UploadRefused(error)
}

/** The same content has one file, whoever sends it and how often. Nobody takes it away meanwhile. */
async function place({ db, dataFolder, locks }: UploadDesk, upload: Upload, received: string): Promise<Upload> {
  const contentHash = await sha256OfFile(received)
  const { size } = await stat(received)
  const ending = upload.kind === 'transcript' ? transcriptEnding(upload.fileName) : ''
  const wanted = contentPath(dataFolder, contentHash, ending)
  const path = await locks.alone(basename(wanted), async () => {
    await placeFile(received, wanted, contentHash)
    const followed = await realpath(wanted)
    const file = await identifyFile(followed)
    await db.transaction().execute(async (tx) => {
      await saveFileHash(tx, file, contentHash)
      await setWhole(tx, { id: upload.id, contentHash, path: followed, length: size })
    })
    return followed
  })
  // Only now: after a crash before, it is begun anew from these bytes.
  await rm(received, { force: true })
  return { ...upload, status: 'whole', contentHash, path, length: size, offset: size }
}

/** Never over a file that is there and right: a run may be reading it, and would find that it has changed. */
async function placeFile(from: string, to: string, hash: string): Promise<void> {
  const there = await sha256OfFile(to).catch(() => null)
  if (there === hash) return
  // Left by a crash in the middle of a copy, or changed by hand.
  if (there !== null) await rm(to, { force: true })
  try {
    await link(from, to)
  } catch (error) {
    if (isThere(error)) return
    // Some file systems have no links.
    await copyFile(from, to, constants.COPYFILE_EXCL)
  }
}

function isThere(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'EEXIST'
}
