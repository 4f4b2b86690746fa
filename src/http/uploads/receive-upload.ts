import type { Readable } from 'node:stream'
import { findUpload, setLength, setOffset, type Upload } from '../../library/uploads.store.ts'
import { BadRequest } from '../problem.ts'
import { type Checksum, receiveBytes } from './receive-bytes.ts'
import { refuse, takeIn } from './take-in.ts'
import type { UploadDesk } from './upload-desk.ts'
import {
  UploadGone,
  UploadLongerThanSaid,
  UploadNotFound,
  UploadOffsetWrong,
  UploadStorageFull,
  UploadTooLarge,
} from './upload-errors.ts'
import { demandBytes } from './upload-room.ts'
import { receivingPath } from './uploads-folder.ts'

interface Piece {
  body: Readable
  /** Where its bytes belong. */
  offset: number
  /** Bytes of the whole upload, said only now. */
  length?: number | undefined
  /** Bytes of this piece, where they are known before they come. */
  pieceLength?: number | undefined
  checksum?: Checksum | undefined
}

/** What became of an upload with a piece. */
interface Received {
  offset: number
  runId: string | null
}

/**
 * Takes the next bytes of an upload; with the last of them it is looked at and its run begins. Nobody else may hold the upload.
 * @throws UploadGone | UploadOffsetWrong | UploadLongerThanSaid | UploadTooLarge, and what `receiveBytes` and `takeIn` throw
 */
export async function receiveUpload(
  desk: UploadDesk,
  { id, piece, signal }: { id: string; piece: Piece; signal: AbortSignal },
): Promise<Received> {
  const upload = await findUpload(desk.db, id)
  if (upload === null) throw new UploadNotFound(id)
  if (upload.status === 'refused') throw new UploadGone(upload.error?.message ?? '')
  if (upload.part === 'final')
    throw new BadRequest([{ path: 'upload-concat', message: 'A final upload takes no bytes.' }])
  if (upload.offset !== piece.offset) throw new UploadOffsetWrong({ said: piece.offset, is: upload.offset })
  const length = await settleLength(desk, upload, piece.length)
  const known = { ...upload, length }
  if (upload.status !== 'receiving') return { offset: upload.offset, runId: upload.runId }
  const offset = await receive(desk, known, piece, signal).catch(async (error: unknown) => {
    // Cut after its last byte: there is no piece left that could begin its run.
    const now = await findUpload(desk.db, id)
    if (now?.status === 'receiving' && now.offset === now.length) return now.offset
    throw error
  })
  const runId = offset === length ? await takeIn(desk, { ...known, offset }) : null
  return { offset, runId }
}

async function settleLength(
  { db, settings, dataFolder }: UploadDesk,
  upload: Upload,
  said?: number,
): Promise<number | null> {
  if (said === undefined || said === upload.length) return upload.length
  if (upload.length !== null || said < upload.offset)
    throw new BadRequest([
      { path: 'upload-length', message: 'is another than was said, or shorter than what has come' },
    ])
  if (said > settings.MAX_FILE_SIZE) throw new UploadTooLarge(settings.MAX_FILE_SIZE)
  await demandBytes({ db, settings, dataFolder }, said - upload.offset)
  await setLength(db, { id: upload.id, length: said })
  return said
}

async function receive(desk: UploadDesk, upload: Upload, piece: Piece, signal: AbortSignal): Promise<number> {
  const { db, settings, dataFolder } = desk
  const { id, length, offset: from } = upload
  const most = (length ?? settings.MAX_FILE_SIZE) - from
  const tooMany = () => (length === null ? new UploadTooLarge(settings.MAX_FILE_SIZE) : new UploadLongerThanSaid())
  try {
    if ((piece.pieceLength ?? 0) > most) throw tooMany()
    return await receiveBytes({
      body: piece.body,
      path: receivingPath(dataFolder, id),
      from,
      most,
      tooMany,
      checksum: piece.checksum,
      signal,
      keep: async (offset) => {
        // What was announced had its place promised.
        if (length === null && offset > from) await demandBytes({ db, settings, dataFolder }, 0)
        await setOffset(db, { id, offset })
      },
    })
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') throw new UploadNotFound(id)
    // It can never end well: nobody could say how long it would be.
    const isHopeless = length === null && (error instanceof UploadTooLarge || error instanceof UploadStorageFull)
    throw isHopeless ? await refuse(desk, upload, error) : error
  }
}
