import { createReadStream } from 'node:fs'
import { open, rm } from 'node:fs/promises'
import { deleteUploads, findUploads, setOffset, type Upload } from '../../library/uploads.store.ts'
import type { UploadDesk } from './upload-desk.ts'
import { UploadPartsUnusable } from './upload-errors.ts'
import { receivingPath } from './uploads-folder.ts'

const mostParts = 100

/** Bytes of all parts together. @throws UploadPartsUnusable unless all are whole parts of the same sender, each named once */
export function lengthOfParts(ids: readonly string[], parts: readonly Upload[], owner: string | null): number {
  if (ids.length === 0 || ids.length > mostParts) throw new UploadPartsUnusable(`1 to ${mostParts} can be joined`)
  if (new Set(ids).size !== ids.length) throw new UploadPartsUnusable('one is named twice')
  for (const id of ids) {
    const part = parts.find((each) => each.id === id)
    if (part === undefined || part.owner !== owner) throw new UploadPartsUnusable(`there is no upload ${id}`)
    if (part.part !== 'partial') throw new UploadPartsUnusable(`${id} is not a part`)
    if (part.status !== 'whole') throw new UploadPartsUnusable(`${id} is not complete`)
  }
  return parts.reduce((sum, { length }) => sum + (length ?? 0), 0)
}

/** Writes the parts one after the other into the file of the final upload, then lets go of them. After a crash it begins anew: they are still there. */
export async function joinParts({ db, dataFolder }: UploadDesk, upload: Upload, signal: AbortSignal): Promise<Upload> {
  const ids = upload.parts ?? []
  const found = await findUploads(db, ids)
  const path = receivingPath(dataFolder, upload.id)
  await using file = await open(path, 'w')
  let offset = 0
  for (const id of ids) {
    const part = found.find((each) => each.id === id)
    if (part === undefined) throw new UploadPartsUnusable(`there is no upload ${id}`)
    for await (const chunk of createReadStream(receivingPath(dataFolder, id), { highWaterMark: 1024 * 1024, signal })) {
      await file.appendFile(chunk as Buffer)
      offset += (chunk as Buffer).length
    }
  }
  await file.datasync()
  await db.transaction().execute(async (tx) => {
    await setOffset(tx, { id: upload.id, offset })
    await deleteUploads(tx, ids)
  })
  for (const id of ids) await rm(receivingPath(dataFolder, id), { force: true })
  return { ...upload, offset }
}
