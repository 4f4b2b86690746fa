import { z } from 'zod'
import { stepKinds } from '../../domain/run.ts'
import { pauseKind, resumeKind } from '../../library/paused-kinds.store.ts'
import { retryAllFailed } from '../../pipeline/control/retry-steps.ts'
import { countListedJobs, jobStates, listJobs } from '../../queue/listed-jobs.ts'
import { callerId } from '../accounts/caller.ts'
import type { App, HttpParts } from '../app.ts'
import { countedPageOf, fromCursor, pageQuery, toPage } from '../paging.ts'
import { jobView, kindParams, retried, retryRequest, toJobView } from './admin.schema.ts'

const tags = ['operations']

/** The queue as a whole: what is in it, and a hand on it. */
export function adminRoutes(app: App, { pipeline }: HttpParts): void {
  const db = pipeline.database.kysely
  const owner = { may: 'owner' } as const
  app.get(
    '/api/v1/admin/jobs',
    {
      config: owner,
      schema: {
        tags,
        summary: 'Jobs that are active, scheduled or waiting, the oldest first',
        querystring: pageQuery.extend({ state: z.enum(jobStates).optional(), kind: z.enum(stepKinds).optional() }),
        response: { 200: countedPageOf(jobView) },
      },
    },
    async ({ query: { limit, cursor, ...which } }) => {
      const after = cursor === undefined ? undefined : fromCursor(cursor)
      const [jobs, total] = await Promise.all([
        listJobs(db, { ...which, limit: limit + 1, after }),
        after === undefined ? countListedJobs(db, which) : null,
      ])
      return { ...toPage(jobs, { limit, placeOf: ({ place, id }) => ({ at: place, id }), view: toJobView }), total }
    },
  )
  app.post(
    '/api/v1/admin/jobs/:kind/pause',
    {
      config: owner,
      schema: { tags, summary: 'Begin no more of a kind', params: kindParams, response: { 204: z.null() } },
    },
    async ({ params: { kind } }, reply) => {
      await pauseKind(db, kind, callerId(reply.request))
      return reply.code(204).send(null)
    },
  )
  app.post(
    '/api/v1/admin/jobs/:kind/resume',
    { config: owner, schema: { tags, summary: 'Go on with a kind', params: kindParams, response: { 204: z.null() } } },
    async ({ params: { kind } }, reply) => {
      await resumeKind(db, kind)
      return reply.code(204).send(null)
    },
  )
  app.post(
    '/api/v1/admin/jobs/retry-all',
    {
      config: owner,
      schema: {
        tags,
        summary: 'Try again everything that failed',
        body: retryRequest,
        response: { 200: retried },
      },
    },
    async ({ body: { kind } }) => ({ runs: await retryAllFailed(db, { queue: pipeline.queue, kind }) }),
  )
}
