import { z } from 'zod'

// Bytes. More than any disk; exact as a number.
const mostBytes = Number.MAX_SAFE_INTEGER

const bytes = z
  .string()
  .regex(/^\d{1,16}$/, 'must be a whole number of bytes')
  .transform(Number)
  .refine((number) => number <= mostBytes, 'is larger than any file')

const checksum = z
  .string()
  .max(200)
  .regex(/^(?:sha1|sha256|md5) [\w+/]+=*$/, 'must be sha1, sha256 or md5, a space, and the checksum in base64')
  .describe('Of the bytes of this request: `sha1`, `sha256` or `md5`, a space, the checksum in base64.')

const version = z.literal('1.0.0').optional().describe('Needed. Any other is answered with 412.')

/** Headers of tus 1.0 (https://tus.io/protocols/resumable-upload) that begin an upload. Loose: what else a request brings is kept. */
export const creationHeaders = z.looseObject({
  'tus-resumable': version.catch(undefined),
  'upload-length': bytes.optional().describe('Bytes of the whole file.'),
  'upload-defer-length': z.literal('1').optional().describe('Instead of Upload-Length: it is said later.'),
  'upload-metadata': z
    .string()
    .max(12_000, 'is longer than 12000 letters')
    .optional()
    .describe('`filename`, `settings` (JSON, as POST /api/v1/runs takes it), `kind`, `transcript`; values in base64.'),
  'upload-concat': z
    .string()
    .max(8000)
    .optional()
    .describe('`partial`, or `final;` and the addresses of the parts with spaces between.'),
  'upload-checksum': checksum.optional(),
})

export const patchHeaders = z.looseObject({
  'tus-resumable': version.catch(undefined),
  'upload-offset': bytes.describe('Where the bytes of this request belong: where the upload stands.'),
  'upload-length': bytes.optional().describe('Where it was deferred.'),
  'upload-checksum': checksum.optional(),
})

export const tusVersion = '1.0.0'
export const tusExtensions =
  'creation,creation-with-upload,creation-defer-length,checksum,termination,expiration,concatenation'
export const tusChecksums = 'sha1,sha256,md5'

const uuid = /\/([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/

/** The uploads that `final;/api/v1/uploads/… /api/v1/uploads/…` names, or null when it makes no sense. */
export function partsOf(concat: string): string[] | null {
  const [word, list, ...more] = concat.split(';')
  if (word?.trim() !== 'final' || list === undefined || more.length > 0) return null
  const ids = list
    .trim()
    .split(/\s+/)
    .map((address) => uuid.exec(address)?.[1])
  return ids.every((id) => id !== undefined) ? ids : null
}
