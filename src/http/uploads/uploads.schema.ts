import { z } from 'zod'
import type { ListedUpload } from '../../library/uploads.store.ts'

const bytes = z.number().describe('Bytes.')

export const uploadView = z
  .object({
    id: z.uuid(),
    kind: z.enum(['recording', 'transcript', 'asset']),
    status: z.enum(['receiving', 'whole', 'begun', 'refused']),
    says: z.string().describe('How it stands, in words.'),
    title: z.string(),
    fileName: z.string().describe('The name it came with, as far as it can be shown.'),
    offset: bytes.describe('Bytes that are here for certain.'),
    length: bytes.nullable().describe('Bytes of the whole file; null while nobody has said.'),
    contentHash: z.string().nullable().describe('SHA-256 of the content, once it is here.'),
    runId: z.uuid().nullable(),
    recordingId: z.uuid().nullable().describe('The recording with this content, once it is known.'),
    error: z.object({ code: z.string(), message: z.string(), hint: z.string().optional() }).nullable(),
    createdAt: z.iso.datetime(),
    expiresAt: z.iso.datetime().nullable().describe('When its bytes are removed, unless it has a run by then.'),
  })
  .meta({ id: 'Upload' })

type Shown = Omit<ListedUpload, 'place'>

export function toUploadView(upload: Shown): z.infer<typeof uploadView> {
  const { id, kind, status, title, fileName, offset, length, contentHash, runId, recordingId, error } = upload
  return {
    ...{ id, kind, status, title, fileName, offset, length, contentHash, runId, recordingId },
    says: sayStanding(upload),
    error: error === null ? null : { code: error.code, message: error.message, hint: error.hint },
    createdAt: upload.createdAt.toISOString(),
    expiresAt: upload.expiresAt?.toISOString() ?? null,
  }
}

function sayStanding({ status, kind, offset, length, error }: Shown): string {
  if (status === 'refused') return `refused: ${error?.message ?? ''}`
  if (status === 'begun') return kind === 'recording' ? 'its run has begun' : 'a run has it'
  if (status === 'whole')
    return kind === 'recording' ? 'waiting for room in the queue' : 'here; name its id with a recording or a run'
  if (length === null) return 'receiving'
  if (offset === length) return 'here; being looked at'
  return `receiving, ${Math.floor((100 * offset) / length)} %`
}

const fullness = z.object({ code: z.string(), message: z.string(), hint: z.string().optional() })

export const uploadLimits = z
  .object({
    largest: bytes.describe('Most bytes of one upload: MAX_FILE_SIZE.'),
    storage: z
      .object({ used: bytes, quota: bytes.describe('MAX_STORAGE_GB.'), free: bytes })
      .describe('Of uploads and downloads together, with what was announced and is still to come.'),
    disk: z.object({ free: bytes, total: bytes }),
    queue: z.object({ unfinished: z.int(), most: z.int().describe('MAX_QUEUE_SIZE.') }),
    expiryHours: z.number().describe('Hours an unfinished upload can be gone on with.'),
    full: z.array(fullness).describe('Why an upload of so many bytes would be refused now; empty when it would not.'),
  })
  .meta({ id: 'UploadLimits' })

export const limitsQuery = z.object({
  bytes: z.coerce
    .number()
    .int()
    .min(0)
    .max(Number.MAX_SAFE_INTEGER)
    .default(1)
    .describe('How large the upload would be.'),
})

export const receivedRecording = z
  .object({
    uploadId: z.uuid(),
    runId: z.uuid().nullable().describe('Null while the queue is full: the run begins by itself.'),
  })
  .meta({ id: 'ReceivedRecording' })
