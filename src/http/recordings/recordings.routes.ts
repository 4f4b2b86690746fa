import { z } from 'zod'
import { listClips } from '../../library/listed-clips.store.ts'
import { getListedRecording, type ListedRecording, listRecordings } from '../../library/listed-recordings.store.ts'
import type { App, HttpParts } from '../app.ts'
import { fromCursor, pageOf, pageQuery, toPage } from '../paging.ts'
import { clipView, recordingView, toClipView } from './recordings.schema.ts'

const byId = z.object({ id: z.uuid() })
const tags = ['recordings']

/** Recordings and the clips made of them. */
export function recordingRoutes(app: App, { pipeline }: HttpParts): void {
  const db = pipeline.database.kysely
  app.get(
    '/api/v1/recordings',
    {
      config: { may: 'viewer' },
      schema: {
        tags,
        summary: 'The library, the newest first',
        querystring: pageQuery.extend({ text: z.string().trim().min(1).max(200).optional().describe('In the title.') }),
        response: { 200: pageOf(recordingView) },
      },
    },
    async ({ query: { limit, cursor, text } }) => {
      const before = cursor === undefined ? undefined : fromCursor(cursor)
      const rows = await listRecordings(db, { limit: limit + 1, before, text })
      return toPage(rows, { limit, placeOf: ({ place, id }) => ({ at: place, id }), view: toRecordingView })
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
