import { z } from 'zod'
import { modes } from '../../domain/moment.ts'
import { getDetection } from '../../library/moments.store.ts'
import { findNewestDetection } from '../../library/newest-detection.store.ts'
import { getRecording } from '../../library/recordings.store.ts'
import type { App, HttpParts } from '../app.ts'
import { detectionView } from './moments.schema.ts'

/** What was found in a recording, and why. */
export function momentRoutes(app: App, { pipeline }: HttpParts): void {
  const db = pipeline.database.kysely
  app.get(
    '/api/v1/recordings/:id/moments',
    {
      config: { may: 'viewer' },
      schema: {
        tags: ['moments'],
        summary: 'What the newest detection found, each with its scores and reasons; null before there is one',
        params: z.object({ id: z.uuid() }),
        querystring: z.object({ mode: z.enum(modes).optional().describe('The newest of this mode.') }),
        response: { 200: z.object({ detection: detectionView.nullable() }) },
      },
    },
    async ({ params: { id }, query: { mode } }) => {
      await getRecording(db, id)
      const newest = await findNewestDetection(db, { recordingId: id, mode })
      if (newest === null) return { detection: null }
      const { notes = [], ...found } = await getDetection(db, newest.id)
      return { detection: { ...found, mode: newest.mode, createdAt: newest.createdAt.toISOString(), notes } }
    },
  )
}
