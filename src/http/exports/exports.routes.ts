import { readFile } from 'node:fs/promises'
import type { FastifyReply } from 'fastify'
import type { Kysely } from 'kysely'
import { z } from 'zod'
import type { Tables } from '../../database/tables.ts'
import { listMadeVersions, listShownVersions } from '../../library/clip-history.store.ts'
import { getListedClip, listClips } from '../../library/listed-clips.store.ts'
import { getRecording } from '../../library/recordings.store.ts'
import { clipStem } from '../../pipeline/conclude/exports/clip-stem.ts'
import { writeAss } from '../../pipeline/conclude/exports/write-ass.ts'
import { slugOf } from '../../pipeline/conclude/name-files.ts'
import { renderingFiles } from '../../pipeline/rendering-files.ts'
import type { App, HttpParts } from '../app.ts'
import { asAttachment } from '../media/as-attachment.ts'
import { NotFound } from '../problem.ts'
import { untilGone } from '../until-gone.ts'
import { exportedClip, timelineFormats, timelinesOf, timelineWriters } from './exported-clip.ts'

const byId = z.object({ id: z.uuid() })
const tags = ['exports']
const viewer = { may: 'viewer' } as const
const captionFormats = ['srt', 'vtt', 'ass'] as const
const types = {
  edl: 'text/plain; charset=utf-8',
  fcpxml: 'application/xml; charset=utf-8',
  otio: 'application/json; charset=utf-8',
  ass: 'text/plain; charset=utf-8',
  srt: 'application/x-subrip; charset=utf-8',
  vtt: 'text/vtt; charset=utf-8',
} as const
const file = {
  description: 'The file, to be saved.',
  content: { 'application/json': { schema: z.unknown() }, '*/*': { schema: z.string() } },
}

/** What editors open: timelines of the recording with its moments, and of each clip; captions. Nothing is rendered. */
export function exportRoutes(app: App, { pipeline }: HttpParts): void {
  const { tools, dataFolder } = pipeline
  const db = pipeline.database.kysely
  app.get(
    '/api/v1/recordings/:id/export.:format',
    {
      config: viewer,
      schema: {
        tags,
        summary: 'The whole recording as a timeline with its moments marked: EDL, FCPXML or OpenTimelineIO',
        params: byId.extend({ format: z.enum(timelineFormats) }),
        response: { 200: file },
      },
    },
    async ({ params: { id, format } }, reply) => {
      const recording = await getRecording(db, id)
      const moments = await exportedClips(db, id)
      const [whole] = await timelinesOf({ recording, moments, tools, signal: untilGone(reply) })
      if (whole === undefined) throw new NotFound('A timeline of this recording')
      return send(reply, {
        name: `${slugOf(recording.title) || 'recording'}.${format}`,
        type: types[format],
        text: timelineWriters[format](whole.list),
      })
    },
  )
  app.get(
    '/api/v1/clips/:id/export.:format',
    {
      config: viewer,
      schema: {
        tags,
        summary: 'A clip for editors: EDL, FCPXML, OpenTimelineIO, or its captions as ASS, SRT, WebVTT',
        params: byId.extend({ format: z.enum([...timelineFormats, ...captionFormats]) }),
        response: { 200: file },
      },
    },
    async ({ params: { id, format } }, reply) => {
      const clip = await getListedClip(db, id)
      const [shown] = await listMadeVersions(db, id)
      if (shown?.rendering == null) throw new NotFound('A file of this clip')
      const moment = exportedClip(clip, shown)
      const name = `${clipStem(moment)}.${format}`
      if (format === 'edl' || format === 'fcpxml' || format === 'otio') {
        const recording = await getRecording(db, clip.recordingId)
        const [, own] = await timelinesOf({ recording, moments: [moment], tools, signal: untilGone(reply) })
        if (own === undefined) throw new NotFound('A timeline of this clip')
        return send(reply, { name, type: types[format], text: timelineWriters[format](own.list) })
      }
      const { key, width, height } = shown.rendering
      const captions = await readFile(renderingFiles(dataFolder, key)[format === 'srt' ? 'srt' : 'vtt'], 'utf8').catch(
        () => null,
      )
      if (captions === null) throw new NotFound('The captions of this clip')
      const text = format === 'ass' ? writeAss({ vtt: captions, title: clip.title, size: { width, height } }) : captions
      return send(reply, { name, type: types[format], text })
    },
  )
}

/** Of a recording's clips that can be watched, the best first. Two queries. */
async function exportedClips(db: Kysely<Tables>, recordingId: string) {
  const shown = await listShownVersions(db, recordingId)
  return (await listClips(db, recordingId)).flatMap((clip) => {
    const version = shown.get(clip.id)
    return version === undefined ? [] : [exportedClip(clip, version)]
  })
}

function send(reply: FastifyReply, { name, type, text }: { name: string; type: string; text: string }): FastifyReply {
  return reply.type(type).header('content-disposition', asAttachment(name)).send(Buffer.from(text))
}
