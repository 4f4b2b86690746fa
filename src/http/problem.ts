import { z } from 'zod'
import { AppError, type ErrorRecord, toErrorRecord } from '../domain/app-error.ts'

/** An error as HTTP tells it (RFC 9457), with our stable code. */
export const problem = z
  .object({
    type: z.string().describe('A link to what the code means.'),
    title: z.string().describe('What went wrong, in a sentence.'),
    status: z.int(),
    code: z.string().describe('Stable; never reused for another meaning.'),
    hint: z.string().optional().describe('What can be done about it.'),
    retry: z.enum(['later', 'never']).describe('Whether the same request can succeed later.'),
    instance: z.string().optional().describe('The path that was asked for.'),
    issues: z
      .array(z.object({ path: z.string(), message: z.string() }))
      .optional()
      .describe('Each thing that was wrong with the request.'),
  })
  .meta({ id: 'Problem' })
export type Problem = z.infer<typeof problem>

/** Something that was asked for does not exist, or is not yours. */
export class NotFound extends AppError {
  readonly code = 'NOT_FOUND'
  constructor(what = 'What you asked for') {
    super(`${what} does not exist.`)
  }
}

/** The request itself makes no sense. */
export class BadRequest extends AppError {
  readonly code = 'BAD_REQUEST'
  readonly issues: Problem['issues']
  constructor(issues: { path: string; message: string }[]) {
    super('The request is not as it has to be.', { hint: 'See /api/docs.' })
    this.issues = issues
  }
}

const statusByCode: Readonly<Record<string, number>> = {
  BAD_REQUEST: 400,
  WRONG_USAGE: 400,
  CURSOR_INVALID: 400,
  SIGN_IN_NEEDED: 401,
  SIGN_IN_FAILED: 401,
  NOT_ALLOWED: 403,
  PATH_NOT_ALLOWED: 403,
  LOOPBACK_ONLY: 403,
  OTHER_SITE: 403,
  SESSION_NEEDED: 403,
  PASSWORD_WRONG: 403,
  NOT_FOUND: 404,
  NO_ACCOUNT_YET: 404,
  CLIP_NOT_FOUND: 404,
  RECORDING_NOT_FOUND: 404,
  RUN_NOT_FOUND: 404,
  STEP_NOT_FOUND: 404,
  TRANSCRIPT_VERSION_NOT_FOUND: 404,
  RUN_HAS_ENDED: 409,
  RUN_UNFINISHED: 409,
  CLIP_CHANGED: 409,
  RECORDING_IN_USE: 409,
  NOTHING_TO_UNDO: 409,
  OUT_FOLDER_TAKEN: 409,
  RECORDING_MOVED: 409,
  RECORDING_CHANGED: 409,
  NOTHING_TO_RETRY: 409,
  OWNER_EXISTS: 409,
  OWNER_NEEDED: 409,
  LAST_OWNER: 409,
  EMAIL_TAKEN: 409,
  TOO_MANY_KEYS: 409,
  KEY_UNDER_WAY: 409,
  TRANSCRIPT_CHANGED: 409,
  OUT_FOLDER_BUSY: 409,
  PASSWORD_TOO_WEAK: 422,
  KEY_USED_OTHERWISE: 422,
  UPLOAD_NOT_FOUND: 404,
  UPLOAD_CUT: 408,
  UPLOAD_OFFSET_WRONG: 409,
  UPLOAD_FINISHED: 409,
  UPLOAD_PARTS_UNUSABLE: 409,
  UPLOAD_GONE: 410,
  OTHER_BY_NOW: 412,
  TUS_VERSION_NOT_TAKEN: 412,
  UPLOAD_TOO_LARGE: 413,
  UPLOAD_LONGER_THAN_SAID: 413,
  UPLOAD_TRANSCRIPT_MISSING: 422,
  UPLOAD_TAKEN_OVER: 423,
  // tus has it so.
  UPLOAD_CHECKSUM_WRONG: 460,
  UPLOAD_STORAGE_FULL: 507,
  UPLOAD_NOT_USABLE: 422,
  TRANSCRIPT_EXISTS: 409,
  PHRASE_NOT_FOUND: 422,
  SPEAKER_UNKNOWN: 422,
  HOST_UNKNOWN: 421,
  BODY_TOO_LARGE: 413,
  REQUEST_HEAD_TOO_LARGE: 431,
  MEDIA_TYPE_NOT_TAKEN: 415,
  RANGE_NOT_THERE: 416,
  QUEUE_FULL: 429,
  RATE_LIMITED: 429,
  SIGN_IN_TOO_OFTEN: 429,
  NO_SPACE: 507,
  STORAGE_FULL: 507,
}

/** The HTTP status for an error code: what the caller did wrong is 4xx; what only we can mend is 500, or 503 when it may pass. */
export function statusOf({ code, retry }: Pick<ErrorRecord, 'code' | 'retry'>): number {
  const known = statusByCode[code]
  if (known !== undefined) return known
  if (/^(MEDIA|TRANSCRIPT|FRAMING|BRAND|MUSIC|EDIT|LINK)_/.test(code)) return 422
  return code !== 'UNEXPECTED' && retry === 'later' ? 503 : 500
}

/** Anything thrown as a problem. What nobody foresaw says nothing of its insides. */
export function toProblem(thrown: unknown, instance?: string): Problem {
  const record = toErrorRecord(thrown)
  const unexpected = record.code === 'UNEXPECTED'
  return {
    type: `/api/docs/errors#${record.code}`,
    title: unexpected ? 'Something went wrong that nobody foresaw.' : record.message,
    status: statusOf(record),
    code: record.code,
    retry: record.retry,
    ...(record.hint === undefined ? {} : { hint: record.hint }),
    ...(instance === undefined ? {} : { instance }),
    ...(thrown instanceof BadRequest && thrown.issues !== undefined ? { issues: thrown.issues } : {}),
  }
}
