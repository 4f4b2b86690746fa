import { rm } from 'node:fs/promises'
import { basename } from 'node:path'
import { saveEvent } from '../../library/events.store.ts'
import { deleteUploads, isPathUsed, type Upload } from '../../library/uploads.store.ts'
import type { UploadDesk } from './upload-desk.ts'
import { UploadFinished } from './upload-errors.ts'
import { receivingPath } from './uploads-folder.ts'

/** Forgets an upload and removes its bytes, unless somebody else has the same. @throws UploadFinished when a run has it */
export async function removeUpload(desk: UploadDesk, { id, status, path }: Upload): Promise<void> {
  const { db, dataFolder, locks } = desk
  if (status === 'begun') throw new UploadFinished()
  await deleteUploads(db, [id])
  await rm(receivingPath(dataFolder, id), { force: true })
  if (path === null) return
  // Whoever sends the same content now waits, or has it already.
  await locks.alone(basename(path), async () => {
    if (!(await isPathUsed(db, { path, butFor: id }))) await rm(path, { force: true })
  })
}

/** The same for one whose time is over; the events say so. */
export async function expireUpload(desk: UploadDesk, upload: Upload): Promise<void> {
  await removeUpload(desk, upload)
  // That it was refused has been said.
  if (upload.status === 'refused' || upload.part === 'partial') return
  await saveEvent(desk.db, {
    severity: 'info',
    component: 'uploads',
    name: 'upload.expired',
    message: `An upload was not gone on with in time: ${upload.fileName || upload.title}`,
    data: { uploadId: upload.id, bytes: upload.offset },
  })
}
