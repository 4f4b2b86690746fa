import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify'
import { hasZodFastifySchemaValidationErrors, isResponseSerializationError } from 'fastify-type-provider-zod'
import { AppError } from '../../domain/app-error.ts'
import { asNoSpace } from '../../domain/no-space.ts'
import type { App } from '../app.ts'
import { BadRequest, NotFound, toProblem } from '../problem.ts'
import { sayIssues } from './say-issues.ts'

// In seconds. A queue that is full now may have room then.
const retryAfter = 10

/** Every error leaves as `application/problem+json`. */
export function answerErrors(app: App): void {
  app.setErrorHandler((error, request, reply) => {
    const known = asKnown(error)
    if (!(known instanceof AppError)) request.log.error({ err: error }, 'request failed unexpectedly')
    return send(known, request, reply)
  })
  app.setNotFoundHandler((request, reply) => send(new NotFound(`${request.method} ${pathOf(request)}`), request, reply))
}

function send(error: unknown, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const body = toProblem(error, pathOf(request))
  if (body.status === 429 || body.status === 503) void reply.header('retry-after', String(waitOf(error)))
  return reply.code(body.status).type('application/problem+json').send(JSON.stringify(body))
}

/** Seconds: what an error knows of itself, or what is usual. */
function waitOf(error: unknown): number {
  const known = error instanceof AppError && 'retryAfterSeconds' in error ? error.retryAfterSeconds : undefined
  return typeof known === 'number' ? known : retryAfter
}

function asKnown(error: unknown): unknown {
  if (hasZodFastifySchemaValidationErrors(error)) {
    return new BadRequest(sayIssues(error.validation))
  }
  // A mistake of ours: what we answer is not what we promise.
  if (isResponseSerializationError(error)) return new Error('an answer does not fit its schema', { cause: error })
  if (isFastifyError(error)) return asRefused(error)
  return asNoSpace(error)
}

/** What Fastify itself refuses. */
function asRefused(error: FastifyError): unknown {
  const status = error.statusCode ?? 500
  if (error.code === 'FST_ERR_CTP_BODY_TOO_LARGE' || status === 413) return new BodyTooLarge()
  if (error.code === 'FST_ERR_CTP_INVALID_MEDIA_TYPE' || status === 415) return new MediaTypeNotTaken()
  if (status === 416) return new RangeNotThere()
  if (status >= 400 && status < 500) return new BadRequest([{ path: '', message: error.message }])
  return error
}

function isFastifyError(error: unknown): error is FastifyError {
  return error instanceof Error && !(error instanceof AppError) && 'statusCode' in error
}

function pathOf({ url }: FastifyRequest): string {
  return url.split('?')[0] ?? url
}

export class BodyTooLarge extends AppError {
  readonly code = 'BODY_TOO_LARGE'
  constructor() {
    super('The request is larger than it may be.', { hint: 'Recordings go through /api/v1/uploads, piece by piece.' })
  }
}

export class MediaTypeNotTaken extends AppError {
  readonly code = 'MEDIA_TYPE_NOT_TAKEN'
  constructor() {
    super('The request is of a type that is not taken here.', { hint: 'Send JSON as application/json.' })
  }
}

export class RangeNotThere extends AppError {
  readonly code = 'RANGE_NOT_THERE'
  constructor() {
    super('The file has no such bytes.', { hint: 'HEAD tells how long it is.' })
  }
}
