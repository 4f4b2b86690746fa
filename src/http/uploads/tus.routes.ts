import { stat } from 'node:fs/promises'
import type { Readable } from 'node:stream'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import type { App } from '../app.ts'
import { BadRequest } from '../problem.ts'
import { announceUpload } from './create-upload.ts'
import { joinParts } from './join-parts.ts'
import { letGoOfBodies } from './let-go-of-bodies.ts'
import { receiveUpload } from './receive-upload.ts'
import { removeUpload } from './remove-upload.ts'
import { takeIn } from './take-in.ts'
import { creationHeaders, patchHeaders, tusChecksums, tusExtensions, tusVersion } from './tus-headers.ts'
import type { UploadDesk } from './upload-desk.ts'
import { TusVersionNotTaken, UploadGone, UploadNotFound } from './upload-errors.ts'
import { ownerOf, uploadOf } from './upload-owner.ts'
import { toUploadView, uploadView } from './uploads.schema.ts'
import { receivingPath } from './uploads-folder.ts'

const path = '/api/v1/uploads'
const octets = 'application/offset+octet-stream'
const tags = ['uploads']
const byId = z.object({ id: z.uuid() })
const editor = { may: 'editor' } as const

/** Uploads that can be interrupted: tus 1.0, https://tus.io/protocols/resumable-upload. Its state is in the database, the bytes are on the disk. */
export function tusRoutes(app: App, desk: UploadDesk): void {
  // The bytes are read where they are wanted, never into memory.
  app.addContentTypeParser(octets, (_request, payload, done) => done(null, payload))
  letGoOfBodies(app)
  app.addHook('onRequest', async (request, reply) => {
    reply.headers({ 'tus-resumable': tusVersion, 'tus-version': tusVersion, 'cache-control': 'no-store' })
    if (request.method !== 'OPTIONS' && request.headers['tus-resumable'] !== tusVersion) throw new TusVersionNotTaken()
  })
  app.options(
    path,
    {
      config: { may: 'anyone' },
      schema: { tags, summary: 'What of tus is spoken here, in headers', response: { 204: z.null() } },
    },
    async (_, reply) =>
      reply
        .headers({
          'tus-extension': tusExtensions,
          'tus-max-size': String(desk.settings.MAX_FILE_SIZE),
          'tus-checksum-algorithm': tusChecksums,
        })
        .code(204)
        .send(null),
  )
  app.post(
    path,
    {
      config: editor,
      schema: {
        tags,
        summary: 'Announce an upload (tus), maybe with its first bytes; Location is where the rest goes',
        consumes: [octets],
        headers: creationHeaders,
        response: { 201: uploadView },
      },
    },
    (request, reply) => create(desk, request, reply),
  )
  app.head(`${path}/:id`, { config: editor, schema: { tags, params: byId } }, (request, reply) =>
    tellOffset(desk, request, reply),
  )
  app.patch(
    `${path}/:id`,
    {
      config: editor,
      schema: {
        tags,
        summary: 'The next bytes (tus); after the last of them Location is the run',
        consumes: [octets],
        params: byId,
        headers: patchHeaders,
        response: { 204: z.null() },
      },
    },
    (request, reply) => patch(desk, request, reply),
  )
  app.delete(
    `${path}/:id`,
    {
      config: editor,
      schema: { tags, summary: 'Give an upload up; its bytes go', params: byId, response: { 204: z.null() } },
    },
    (request, reply) => terminate(desk, request, reply),
  )
  app.post(
    `${path}/:id`,
    {
      config: editor,
      schema: {
        tags,
        summary: 'PATCH or DELETE, for whom it is kept from: X-HTTP-Method-Override says which (tus)',
        consumes: [octets],
        params: byId,
        response: { 204: z.null() },
      },
    },
    async (request, reply) => {
      const method = request.headers['x-http-method-override']
      if (method === 'PATCH') return patch(desk, request, reply)
      if (method === 'DELETE') return terminate(desk, request, reply)
      throw new BadRequest([{ path: 'x-http-method-override', message: 'must be PATCH or DELETE' }])
    },
  )
}

async function create(desk: UploadDesk, request: FastifyRequest, reply: FastifyReply) {
  const headers = parseHeaders(creationHeaders, request)
  const { 'upload-length': length = null, 'upload-concat': concat } = headers
  const isFinal = concat?.startsWith('final') ?? false
  if (!isFinal && (length === null) === (headers['upload-defer-length'] === undefined))
    throw new BadRequest([{ path: 'upload-length', message: 'Say either Upload-Length or Upload-Defer-Length: 1.' }])
  const metadata = headers['upload-metadata'] ?? ''
  const upload = await announceUpload(desk, { owner: ownerOf(request), length, metadata, concat })
  const { id } = upload
  await desk.locks.alone(id, async (signal) => {
    if (isFinal) await takeIn(desk, await joinParts(desk, upload, signal))
    else if (isStream(request.body) || length === 0) await receive(desk, { id, request, offset: 0, signal })
  })
  const made = await uploadOf(desk, id, request)
  tellWhere(reply, made)
  reply.code(201).header('location', `${path}/${id}`)
  return toUploadView(made)
}

async function patch(desk: UploadDesk, request: FastifyRequest, reply: FastifyReply): Promise<null> {
  const { id } = byId.parse(request.params)
  const headers = parseHeaders(patchHeaders, request)
  const upload = await uploadOf(desk, id, request)
  const { offset, runId } = await desk.locks.alone(id, (signal) =>
    receive(desk, { id, request, offset: headers['upload-offset'], length: headers['upload-length'], signal }),
  )
  tellWhere(reply, { ...upload, offset })
  if (runId !== null) reply.header('location', `/api/v1/runs/${runId}`)
  reply.code(204)
  return null
}

async function tellOffset(desk: UploadDesk, request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
  const { id } = byId.parse(request.params)
  await uploadOf(desk, id, request)
  // Whoever asks has given the request before up.
  const upload = await desk.locks.alone(id, () => uploadOf(desk, id, request))
  if (upload.status === 'refused') throw new UploadGone(upload.error?.message ?? '')
  if (upload.status === 'receiving') await demandBytesHere(desk, id)
  tellWhere(reply, upload)
  if (upload.length === null) reply.header('upload-defer-length', '1')
  else reply.header('upload-length', String(upload.length))
  if (upload.metadata !== '') reply.header('upload-metadata', upload.metadata)
  if (upload.part === 'partial') reply.header('upload-concat', 'partial')
  if (upload.parts !== null)
    reply.header('upload-concat', `final;${upload.parts.map((part) => `${path}/${part}`).join(' ')}`)
  return reply.code(200).send()
}

async function terminate(desk: UploadDesk, request: FastifyRequest, reply: FastifyReply): Promise<null> {
  const { id } = byId.parse(request.params)
  await uploadOf(desk, id, request)
  await desk.locks.alone(id, async () => removeUpload(desk, await uploadOf(desk, id, request)))
  reply.code(204)
  return null
}

interface Next {
  id: string
  request: FastifyRequest
  offset: number
  length?: number | undefined
  signal: AbortSignal
}

function receive(desk: UploadDesk, { id, request, offset, length, signal }: Next) {
  const { body, headers } = request
  const said = Number(headers['content-length'])
  const [algorithm, base64] = String(headers['upload-checksum'] ?? '').split(' ')
  return receiveUpload(desk, {
    id,
    signal,
    piece: {
      body: isStream(body) ? body : request.raw,
      offset,
      length,
      pieceLength: Number.isSafeInteger(said) ? said : undefined,
      checksum: algorithm && base64 ? { algorithm, base64 } : undefined,
    },
  })
}

function tellWhere(reply: FastifyReply, { offset, expiresAt }: { offset: number; expiresAt: Date | null }): void {
  reply.header('upload-offset', String(offset))
  if (expiresAt !== null) reply.header('upload-expires', expiresAt.toUTCString())
}

/** A data folder that was emptied, or is another's. */
async function demandBytesHere({ dataFolder }: UploadDesk, id: string): Promise<void> {
  const found = await stat(receivingPath(dataFolder, id)).catch(() => null)
  if (found === null) throw new UploadNotFound(id)
}

function parseHeaders<Headers extends z.ZodType>(schema: Headers, { raw }: FastifyRequest): z.output<Headers> {
  const parsed = schema.safeParse(raw.headers)
  if (parsed.success) return parsed.data
  throw new BadRequest(parsed.error.issues.map(({ path: place, message }) => ({ path: place.join('/'), message })))
}

function isStream(body: unknown): body is Readable {
  return typeof body === 'object' && body !== null && 'pipe' in body
}
