import { z } from 'zod'
import { runStatuses } from '../../domain/run.ts'
import { listClips } from '../../library/listed-clips.store.ts'
import {
  countRecordings,
  getListedRecording,
  type ListedRecording,
  listRecordings,
} from '../../library/listed-recordings.store.ts'
import { callerId } from '../accounts/caller.ts'
import type { App, HttpParts } from '../app.ts'
import { countedPageOf, fromCursor, pageQuery, toPage } from '../paging.ts'
import { plainText } from '../plain-text.ts'
import { removeRecording } from './delete-recording.ts'
import { clipView, recordingView, toClipView } from './recordings.schema.ts'

const byId = z.object({ id: z.uuid() })
const tags = ['recordings']
const time = z.iso.datetime({ offset: true })
const listQuery = pageQuery.extend({
  text: plainText(200).trim().min(1).optional().describe('In the title.'),
  status: z.enum(runStatuses).optional().describe('Of its newest run.'),
  since: time.optional().describe('Taken in then or later.'),
  until: time.optional().describe('Taken in before.'),
  sort: z.enum(['newest', 'oldest']).default('newest').describe('A cursor goes on in the order it came from.'),
})

/** Recordings and the clips made of them. */
export function recordingRoutes(app: App, parts: HttpParts): void {
  const db = parts.pipeline.database.kysely
  app.get(
    '/api/v1/recordings',
    {
      config: { may: 'viewer' },
      schema: {
        tags,
        summary: 'The library, the newest first unless told',
        querystring: listQuery,
        response: { 200: countedPageOf(recordingView) },
      },
    },
    async ({ query: { limit, cursor, ...which } }) => {
      const before = cursor === undefined ? undefined : fromCursor(cursor)
      const [rows, total] = await Promise.all([
        listRecordings(db, { limit: limit + 1, before, ...which }),
        before === undefined && which.status === undefined ? countRecordings(db, which) : null,
      ])
      return {
        ...toPage(rows, { limit, placeOf: ({ place, id }) => ({ at: place, id }), view: toRecordingView }),
        total,
      }
    },
  )
  app.get(
    '/api/v1/recordings/:id',
    {
      config: { may: 'viewer' },
      schema: { tags, summary: 'One recording', params: byId, response: { 200: recordingView } },
    },
    async ({ params: { id } }) => toRecordingView(await getListedRecording(db, id)),
  )
  app.delete(
    '/api/v1/recordings/:id',
    {
      config: { may: 'editor' },
      schema: {
        tags,
        summary: 'Delete it with all that was made of it; a file that was named by its path stays where it is',
        params: byId,
        querystring: z.strictObject({
          cancel: z.stringbool().default(false).describe('End its runs first; else one that is worked on is kept.'),
        }),
        response: { 204: z.null() },
      },
    },
    async ({ params: { id }, query: { cancel } }, reply) => {
      await removeRecording(parts, { id, cancel, by: callerId(reply.request) })
      return reply.code(204).send(null)
    },
  )
  app.get(
    '/api/v1/recordings/:id/clips',
    {
      config: { may: 'viewer' },
      schema: {
        tags,
        summary: 'Its finished clips, the best first, each with why it was chosen',
        params: byId,
        response: { 200: z.object({ items: z.array(clipView) }) },
      },
    },
    async ({ params: { id } }) => {
      await getListedRecording(db, id)
      return { items: (await listClips(db, id)).map(toClipView) }
    },
  )
}

function toRecordingView(listed: ListedRecording): z.infer<typeof recordingView> {
  const { id, title, duration, sizeBytes, hasPicture, clips, latestRun, createdAt } = listed
  return { id, title, duration, sizeBytes, hasPicture, clips, latestRun, createdAt: createdAt.toISOString() }
}
