import type { Socket } from 'node:net'
import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify'
import { AppError } from '../../domain/app-error.ts'
import { BadRequest, NotFound, toProblem } from '../problem.ts'

export class RequestHeadTooLarge extends AppError {
  readonly code = 'REQUEST_HEAD_TOO_LARGE'
  constructor() {
    super('The address or the headers of the request are larger than they may be.')
  }
}

/** An address that no route is looked up for: with a broken escape, or a part no id can be as long as. No hook has run. */
export function answerBadAddress(error: FastifyError, { url }: FastifyRequest, reply: FastifyReply): void {
  const isLong = error.code === 'FST_ERR_MAX_PARAM_LENGTH'
  const known = isLong
    ? new NotFound('This address')
    : new BadRequest([{ path: '', message: 'The address is not well-formed.' }])
  const problem = toProblem(known, url.split('?')[0]?.slice(0, 1000))
  void reply
    .code(problem.status)
    .header('x-content-type-options', 'nosniff')
    .type('application/problem+json')
    .send(JSON.stringify(problem))
}

/** What is no HTTP, or too much of it: there is no request yet, so it is written by hand. */
export function answerBrokenLine(error: Error & { code?: string }, socket: Socket): void {
  // They have left.
  if (error.code === 'ECONNRESET' || socket.destroyed) return
  const known =
    error.code === 'HPE_HEADER_OVERFLOW'
      ? new RequestHeadTooLarge()
      : new BadRequest([{ path: '', message: 'This is not HTTP as it has to be, or it came too slowly.' }])
  const problem = toProblem(known)
  const body = JSON.stringify(problem)
  const head = `HTTP/1.1 ${problem.status} Refused\r\ncontent-type: application/problem+json\r\ncontent-length: ${Buffer.byteLength(body)}\r\nconnection: close\r\n\r\n`
  // Whoever has begun to be answered can't be told anything else.
  if (socket.writable && socket.bytesWritten === 0) socket.write(head + body)
  socket.destroySoon()
}
