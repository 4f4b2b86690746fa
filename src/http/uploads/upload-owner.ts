import type { FastifyRequest } from 'fastify'
import { findListedUpload, type ListedUpload } from '../../library/uploads.store.ts'
import type {} from '../accounts/caller.ts'
import type { UploadDesk } from './upload-desk.ts'
import { UploadNotFound } from './upload-errors.ts'

/** The account that asks; null where there is none. */
export function ownerOf({ caller }: FastifyRequest): string | null {
  return caller === null || caller.by === 'machine' ? null : caller.accountId
}

/** The upload, if it is this account's or nobody's: whether others have one is not told. @throws UploadNotFound */
export async function uploadOf(desk: UploadDesk, id: string, request: FastifyRequest): Promise<ListedUpload> {
  const upload = await findListedUpload(desk.db, id)
  if (upload === null || (upload.owner !== null && upload.owner !== ownerOf(request))) throw new UploadNotFound(id)
  return upload
}
