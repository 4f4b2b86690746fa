import { createHash } from 'node:crypto'
import { z } from 'zod'
import { getRecording } from '../../library/recordings.store.ts'
import { getSegmentPage } from '../../library/transcript-pages.store.ts'
import { listTranscriptVersions } from '../../library/transcript-versions.store.ts'
import { createMedia } from '../../media/create-media.ts'
import { measureLoudness } from '../../pipeline/analyze/measure-loudness.ts'
import { transcriptFormats, writeTranscript } from '../../pipeline/transcribe/exports/write-transcript.ts'
import { importTranscript } from '../../pipeline/transcribe/versions/import-transcript.ts'
import { pickTranscript, pickVersion } from '../../pipeline/transcribe/versions/pick-version.ts'
import { callerId } from '../accounts/caller.ts'
import type { App, HttpParts } from '../app.ts'
import { pageQuery } from '../paging.ts'
import { untilGone } from '../until-gone.ts'
import { correctTranscript } from './correct-transcript.ts'
import {
  correction,
  fromSegmentCursor,
  importedTranscript,
  largestImport,
  toSegmentCursor,
  toSegmentView,
  toVersionView,
  transcriptFile,
  transcriptPage,
  transcriptVersionView,
} from './transcripts.schema.ts'

const byId = z.object({ id: z.uuid() })
const tags = ['transcripts']
const version = z.coerce.number().int().min(1).max(2_147_483_647).optional().describe('The current one unless told.')
const types = {
  srt: 'application/x-subrip; charset=utf-8',
  vtt: 'text/vtt; charset=utf-8',
  txt: 'text/plain; charset=utf-8',
  json: 'application/json; charset=utf-8',
}

const file = {
  description: 'The file; the JSON one keeps everything.',
  content: { 'application/json': { schema: z.unknown() }, '*/*': { schema: z.string() } },
}

/** What is said in a recording: shown, exported, corrected. */
export function transcriptRoutes(app: App, { pipeline, logger, findVoice = async () => null }: HttpParts): void {
  const db = pipeline.database.kysely
  app.get(
    '/api/v1/recordings/:id/transcript',
    {
      config: { may: 'viewer' },
      schema: {
        tags,
        summary: 'Who says what, and when, page by page',
        params: byId,
        querystring: pageQuery.extend({
          version,
          words: z.stringbool().default(false).describe('Also each word with its times.'),
        }),
        response: { 200: transcriptPage },
      },
    },
    async ({ params: { id }, query: { limit, cursor, words, version: asked } }) => {
      const from = cursor === undefined ? null : fromSegmentCursor(cursor)
      const recording = await getRecording(db, id)
      const found = await pickVersion(db, { recording, version: from?.version ?? asked ?? null })
      const after = from?.ordinal ?? -1
      const rows = await getSegmentPage(db, { transcriptId: found.id, after, limit: limit + 1, words })
      const shown = rows.slice(0, limit)
      const last = rows.length > limit ? shown.at(-1) : undefined
      return {
        version: toVersionView(found),
        items: shown.map((segment) => toSegmentView(segment, words)),
        next: last === undefined ? null : toSegmentCursor({ version: found.version, ordinal: last.ordinal }),
      }
    },
  )
  app.get(
    '/api/v1/recordings/:id/transcripts',
    {
      config: { may: 'viewer' },
      schema: {
        tags,
        summary: 'All versions, the newest first',
        params: byId,
        response: { 200: z.object({ items: z.array(transcriptVersionView) }) },
      },
    },
    async ({ params: { id } }) => {
      await getRecording(db, id)
      return { items: (await listTranscriptVersions(db, id)).map(toVersionView) }
    },
  )
  app.get(
    '/api/v1/recordings/:id/transcript.:format',
    {
      config: { may: 'viewer' },
      schema: {
        tags,
        summary: 'As a file: SRT, WebVTT, text or JSON',
        params: byId.extend({ format: z.enum(transcriptFormats) }),
        querystring: z.object({ version }),
        response: { 200: file },
      },
    },
    async ({ params: { id, format }, query }, reply) => {
      const recording = await getRecording(db, id)
      const { title, duration, contentHash: hash } = recording
      const transcript = await pickTranscript(db, { recording, version: query.version ?? null })
      const text = writeTranscript({ ...transcript, recording: { title, duration, hash } }, format)
      return reply.type(types[format]).send(Buffer.from(text))
    },
  )
  app.post(
    '/api/v1/recordings/:id/transcript',
    {
      config: { may: 'editor' },
      bodyLimit: largestImport,
      schema: {
        tags,
        summary: 'Make a file the transcript: SRT, WebVTT or JSON; runs that wait for one go on',
        description:
          'It becomes the current version, which later runs keep. Where its words have no times of their own they are looked for in the sound, which ' +
          'takes about a minute for an hour of it where espeak-ng is installed, and a few seconds where it is not.',
        params: byId,
        body: transcriptFile,
        response: { 200: importedTranscript },
      },
    },
    async (request, reply) => {
      const { params, body } = request
      const recording = await getRecording(db, params.id)
      const bytes = Buffer.from(body.text)
      const { version, document, runIds } = await importTranscript(
        db,
        {
          ...{ recording, name: body.name, replace: body.replace, by: callerId(request) },
          file: { bytes, fingerprint: createHash('sha256').update(bytes).digest('hex') },
          signal: untilGone(reply),
        },
        {
          openMedia: async (signal) => createMedia({ tools: pipeline.tools, signal, logger }),
          findSilences: async (about) => (await measureLoudness(about)).silences,
          findSynthesiser: findVoice,
        },
      )
      return { version, segments: document.segments.length, warnings: document.warnings, runs: runIds }
    },
  )
  app.patch(
    '/api/v1/recordings/:id/transcript',
    {
      config: { may: 'editor' },
      schema: {
        tags,
        summary: 'Replace a word or phrase, or name a speaker: a new version, which later runs keep',
        params: byId,
        body: correction,
        response: { 200: z.object({ version: z.int(), note: z.string() }) },
      },
    },
    async (request) => {
      const { params, body } = request
      return correctTranscript(db, { recordingId: params.id, asked: body, by: callerId(request) })
    },
  )
}
