import { z } from 'zod'
import { stepStatuses } from '../../domain/run.ts'
import { listRunRenderings, type RunRendering } from '../../library/run-renderings.store.ts'
import { getRun } from '../../library/runs.store.ts'
import type { App, HttpParts } from '../app.ts'
import { renderingView, toRenderingView } from './renderings.schema.ts'

const runRendering = z
  .object({
    rank: z.int().describe('Of the moment; 1 is the best.'),
    title: z.string(),
    clipId: z.uuid().nullable(),
    version: z.int().nullable().describe('Of the clip.'),
    status: z.enum(stepStatuses).describe('Of its cutting.'),
    error: z.object({ code: z.string(), message: z.string(), hint: z.string().optional() }).nullable(),
    rendering: renderingView.nullable(),
  })
  .meta({ id: 'RunRendering' })

/** The files that runs make. Those of a clip: its versions. */
export function renderingRoutes(app: App, { pipeline }: HttpParts): void {
  const db = pipeline.database.kysely
  app.get(
    '/api/v1/runs/:id/renderings',
    {
      config: { may: 'viewer' },
      schema: {
        tags: ['runs'],
        summary: 'The files a run makes, the best first: their state, size, length, and what the quality gate found',
        params: z.object({ id: z.uuid() }),
        response: { 200: z.object({ items: z.array(runRendering) }) },
      },
    },
    async ({ params: { id } }) => {
      await getRun(db, id)
      return { items: (await listRunRenderings(db, id)).map(toView) }
    },
  )
}

function toView({ error, rendering, ...same }: RunRendering): z.infer<typeof runRendering> {
  return {
    ...same,
    error: error === null ? null : { code: error.code, message: error.message, hint: error.hint },
    rendering: rendering && toRenderingView(rendering),
  }
}
