import { stat } from 'node:fs/promises'
import {
  findUpload,
  getExpiredUploads,
  getReceivedUploads,
  getReceivingUploads,
  getWaitingUploads,
  setOffset,
  type Upload,
} from '../../library/uploads.store.ts'
import { beginUploaded } from './begin-uploaded.ts'
import { joinParts } from './join-parts.ts'
import { expireUpload } from './remove-upload.ts'
import { takeIn } from './take-in.ts'
import type { UploadDesk } from './upload-desk.ts'
import { receivingPath } from './uploads-folder.ts'

/**
 * Goes on with what nobody asks for any more: uploads that are all here but were never looked at, since the process died or a tool failed; those
 * that wait for room in the queue; those whose time is over. One that fails is tried again at the next round.
 */
export async function recoverUploads(desk: UploadDesk): Promise<void> {
  for (const upload of await getReceivedUploads(desk.db)) await each(desk, upload, goOn)
  for (const upload of await getWaitingUploads(desk.db)) await each(desk, upload, beginUploaded)
  for (const upload of await getExpiredUploads(desk.db)) await each(desk, upload, expireUpload)
}

/** After a start: fewer bytes may be on the disk than were, when the machine lost its power or somebody restored the folder. */
export async function trustOnlyTheDisk({ db, dataFolder }: UploadDesk): Promise<void> {
  for (const { id, offset } of await getReceivingUploads(db)) {
    const found = await stat(receivingPath(dataFolder, id)).catch(() => null)
    if (found !== null && found.size < offset) await setOffset(db, { id, offset: found.size })
  }
}

/** All alone with one upload as it stands now; whoever holds it is not disturbed. */
async function each(
  desk: UploadDesk,
  { id, status }: Upload,
  work: (desk: UploadDesk, upload: Upload) => Promise<unknown>,
) {
  if (desk.locks.isHeld(id)) return
  try {
    await desk.locks.alone(id, async () => {
      const upload = await findUpload(desk.db, id)
      if (upload?.status === status) await work(desk, upload)
    })
  } catch (error) {
    desk.logger.warn({ err: error, uploadId: id }, 'an upload could not be gone on with')
  }
}

async function goOn(desk: UploadDesk, upload: Upload): Promise<void> {
  const here = await stat(receivingPath(desk.dataFolder, upload.id)).catch(() => null)
  // Another machine's, or gone: it runs out.
  if (here === null) return
  const isJoined = upload.offset === upload.length
  await takeIn(desk, isJoined ? upload : await joinParts(desk, upload, new AbortController().signal))
}
