import { rm, writeFile } from 'node:fs/promises'
import { aloneUntilCommit } from '../../database/while-alone.ts'
import { findUpload, findUploads, insertUpload, type NewUpload, type Upload } from '../../library/uploads.store.ts'
import { demandRoom } from '../../pipeline/control/queue-room.ts'
import { BadRequest } from '../problem.ts'
import { lengthOfParts } from './join-parts.ts'
import { partsOf } from './tus-headers.ts'
import type { UploadDesk } from './upload-desk.ts'
import { UploadTooLarge, UploadTranscriptMissing } from './upload-errors.ts'
import { parseUploadMetadata } from './upload-metadata.ts'
import { demandBytes } from './upload-room.ts'
import { type UploadWishes, wishesOf } from './upload-wishes.ts'
import { receivingPath } from './uploads-folder.ts'

// Of two that ask for the last bytes of the quota at once, one gets them.
const bytesLock = 5

interface Announced {
  owner: string | null
  /** Bytes; null while nobody says. */
  length: number | null
  metadata: string
  /** `Upload-Concat` of tus. */
  concat?: string | undefined
}

/** Announces an upload as tus does. @throws BadRequest | UploadPartsUnusable, and what `beginUpload` throws */
export async function announceUpload(desk: UploadDesk, { owner, metadata, concat, ...announced }: Announced) {
  const fields = parseUploadMetadata(metadata)
  if (fields === null)
    throw new BadRequest([{ path: 'upload-metadata', message: 'must be keys, each with a value in base64' }])
  if (concat !== undefined && concat !== 'partial') {
    const parts = partsOf(concat)
    if (parts === null)
      throw new BadRequest([{ path: 'upload-concat', message: 'must be partial, or final; and addresses' }])
    if (announced.length !== null)
      throw new BadRequest([{ path: 'upload-length', message: 'must not be said of a final upload' }])
    const length = lengthOfParts(parts, await findUploads(desk.db, parts), owner)
    return beginUpload(desk, { owner, length, metadata, wishes: wishesOf(fields), part: 'final', parts })
  }
  const part = concat === 'partial' ? 'partial' : 'whole'
  return beginUpload(desk, { owner, length: announced.length, metadata, wishes: wishesOf(fields), part, parts: null })
}

interface ToBegin extends Pick<NewUpload, 'owner' | 'length' | 'metadata' | 'part' | 'parts'> {
  wishes: UploadWishes
}

/**
 * Makes room for an upload, or refuses it before a byte has come.
 * @throws UploadTooLarge | QueueFull | UploadStorageFull | NoSpace | UploadTranscriptMissing
 */
export async function beginUpload(desk: UploadDesk, { wishes, ...upload }: ToBegin): Promise<Upload> {
  const { db, settings, dataFolder } = desk
  const { length, owner, part } = upload
  if (length !== null && length > settings.MAX_FILE_SIZE) throw new UploadTooLarge(settings.MAX_FILE_SIZE)
  await demandTranscript(desk, wishes.transcriptId, owner)
  // A transcript becomes no run.
  if (wishes.kind === 'recording') await demandRoom(db, settings.MAX_QUEUE_SIZE)
  await desk.makeFolders()
  return db.transaction().execute(async (tx) => {
    await aloneUntilCommit(tx, bytesLock)
    // Parts are here already; of what has no length it is asked again as it comes.
    if (part !== 'final') await demandBytes({ db: tx, settings, dataFolder }, length ?? 1)
    const made = await insertUpload(tx, { ...wishes, ...upload, expiresAt: expiryFrom(settings.UPLOAD_EXPIRY_HOURS) })
    const path = receivingPath(dataFolder, made.id)
    await writeFile(path, '', { flag: 'wx' }).catch(async (error: unknown) => {
      await rm(path, { force: true })
      throw error
    })
    return made
  })
}

/** @throws UploadTranscriptMissing */
export async function demandTranscript({ db }: UploadDesk, id: string | null, owner: string | null): Promise<void> {
  if (id === null) return
  const found = await findUpload(db, id)
  const isThere = found?.kind === 'transcript' && (found.status === 'whole' || found.status === 'begun')
  if (!isThere || (found.owner !== null && found.owner !== owner)) throw new UploadTranscriptMissing(id)
}

function expiryFrom(hours: number): Date {
  return new Date(Date.now() + hours * 3600_000)
}
