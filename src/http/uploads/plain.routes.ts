import multipart from '@fastify/multipart'
import type { FastifyRequest } from 'fastify'
import { z } from 'zod'
import { setLength, setWishes } from '../../library/uploads.store.ts'
import { sha256OfFile } from '../../media/sha256-of-file.ts'
import type { App } from '../app.ts'
import { claimRequest, onceHeaders, replay } from '../plugins/once.ts'
import { BadRequest } from '../problem.ts'
import { beginUpload, demandTranscript } from './create-upload.ts'
import { letGoOfBodies } from './let-go-of-bodies.ts'
import { receiveUpload } from './receive-upload.ts'
import { removeUpload } from './remove-upload.ts'
import { takeIn } from './take-in.ts'
import type { UploadDesk } from './upload-desk.ts'
import { UploadTooLarge } from './upload-errors.ts'
import { ownerOf, uploadOf } from './upload-owner.ts'
import { type UploadWishes, wishesOf } from './upload-wishes.ts'
import { receivedRecording } from './uploads.schema.ts'
import { receivingPath } from './uploads-folder.ts'

// Bytes a form adds to its file, at the most.
const formBytes = 100_000
const fields = ['settings', 'title', 'transcript']

const summary =
  'Send a recording as a form, in one go: a file `recording`, maybe a file `transcript` and a text `settings`'
const description =
  'multipart/form-data. `recording`: the file. `transcript`: its transcript (SRT, WebVTT, JSON) as a file, or the id of an upload that is one. ' +
  '`settings`: JSON as POST /api/v1/runs takes it, without `path`. `title`: instead of the name of the file. What is cut can not be gone on with; ' +
  'for large files use /api/v1/uploads. Location is the run, or the upload while the queue is full.'

/** A recording in one request, as `curl -F` and forms send it. */
export async function plainRoutes(app: App, desk: UploadDesk): Promise<void> {
  await app.register(multipart, { throwFileSizeLimit: false })
  letGoOfBodies(app)
  app.post(
    '/api/v1/recordings',
    {
      config: { may: 'editor' },
      schema: {
        tags: ['uploads'],
        summary,
        description,
        consumes: ['multipart/form-data'],
        headers: onceHeaders,
        response: { 202: receivedRecording },
      },
    },
    async (request, reply) => {
      const done = await receiveForm(desk, request)
      if ('body' in done) return replay(reply, done)
      const { uploadId, runId } = done
      const location = runId === null ? `/api/v1/uploads/${uploadId}` : `/api/v1/runs/${runId}`
      return reply.code(202).header('location', location).send({ uploadId, runId })
    },
  )
}

interface Form {
  texts: Map<string, string>
  /** What its files are called. */
  names: string[]
  recording: string | null
  transcript: string | null
  runId: string | null
}

async function receiveForm(desk: UploadDesk, request: FastifyRequest) {
  const { MAX_FILE_SIZE: most } = desk.settings
  if (!request.isMultipart()) throw new BadRequest([{ path: '', message: 'must be multipart/form-data' }])
  if (Number(request.headers['content-length'] ?? 0) > most + formBytes) throw new UploadTooLarge(most)
  const form: Form = { texts: new Map(), names: [], recording: null, transcript: null, runId: null }
  try {
    await readParts(desk, request, form)
    if (form.recording === null) throw new BadRequest([{ path: 'recording', message: 'is missing: a file' }])
    const before = await claimRequest(desk.db, request, () => contentOf(desk, form))
    if (before !== null) {
      await giveUpAll(desk, form, request)
      return before
    }
    return { uploadId: form.recording, runId: await finish(desk, { request, form, id: form.recording }) }
  } catch (error) {
    // Nobody knows the ids to go on with.
    await giveUpAll(desk, form, request)
    throw error
  }
}

async function readParts(desk: UploadDesk, request: FastifyRequest, form: Form): Promise<void> {
  const limits = { files: 2, fields: 10, fieldSize: 20_000, fileSize: Infinity, parts: 12 }
  for await (const part of request.parts({ limits })) {
    if (part.type === 'field') {
      if (!fields.includes(part.fieldname))
        throw new BadRequest([{ path: part.fieldname, message: 'is no field of this form' }])
      form.texts.set(part.fieldname, String(part.value))
      // Said before the bytes come, it is refused before they do.
      wishesOf(form.texts)
      continue
    }
    const kind = z.enum(['recording', 'transcript']).safeParse(part.fieldname)
    if (!kind.success || form[kind.data] !== null)
      throw new BadRequest([{ path: part.fieldname, message: 'must be one file: recording or transcript' }])
    const named = new Map([...form.texts, ['filename', part.filename]])
    named.delete('transcript')
    const wishes: UploadWishes = { ...wishesOf(named), kind: kind.data }
    const whole = { owner: ownerOf(request), length: null, metadata: '', part: 'whole', parts: null } as const
    const { id } = await beginUpload(desk, { ...whole, wishes })
    form[kind.data] = id
    form.names.push(`${kind.data} ${part.filename}`)
    await desk.locks.alone(id, (signal) => receiveUpload(desk, { id, signal, piece: { body: part.file, offset: 0 } }))
  }
}

/** What a form asks for, whatever the order of its parts and the line between them. */
async function contentOf({ dataFolder }: UploadDesk, { texts, names, recording, transcript }: Form): Promise<unknown> {
  const files = [recording, transcript].filter((id) => id !== null)
  const hashes = await Promise.all(files.map((id) => sha256OfFile(receivingPath(dataFolder, id))))
  return { texts: [...texts].map(([name, text]) => `${name}=${text}`).toSorted(), names: names.toSorted(), hashes }
}

/** Only now it is known how long they are, and whether more fields came behind the files. */
async function finish(desk: UploadDesk, { request, form, id }: { request: FastifyRequest; form: Form; id: string }) {
  if (form.transcript !== null) await close(desk, form.transcript, request)
  const wishes = wishesOf(form.texts)
  const transcriptId = form.transcript ?? wishes.transcriptId
  await demandTranscript(desk, transcriptId, ownerOf(request))
  await setWishes(desk.db, { id, settings: wishes.settings, transcriptId })
  return close(desk, id, request)
}

/** No more bytes come: what is here is all. */
async function close(desk: UploadDesk, id: string, request: FastifyRequest): Promise<string | null> {
  return desk.locks.alone(id, async () => {
    const upload = await uploadOf(desk, id, request)
    await setLength(desk.db, { id, length: upload.offset })
    return takeIn(desk, { ...upload, length: upload.offset })
  })
}

async function giveUpAll(desk: UploadDesk, { recording, transcript }: Form, request: FastifyRequest): Promise<void> {
  for (const id of [recording, transcript]) if (id !== null) await giveUp(desk, id, request)
}

async function giveUp(desk: UploadDesk, id: string, request: FastifyRequest): Promise<void> {
  const upload = await uploadOf(desk, id, request).catch(() => null)
  // Why it was refused can be read for a while; a run has what has begun.
  if (upload === null || upload.status === 'refused' || upload.status === 'begun') return
  await removeUpload(desk, upload)
}
