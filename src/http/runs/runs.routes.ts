import { z } from 'zod'
import { runStatuses, stepKinds } from '../../domain/run.ts'
import { countRuns } from '../../library/runs.store.ts'
import { listWork } from '../../pipeline/control/list-work.ts'
import { mostPriority, moveToFront, RunHasEnded, setRunPriority } from '../../pipeline/control/prioritise-run.ts'
import { retrySteps } from '../../pipeline/control/retry-steps.ts'
import { showRun } from '../../pipeline/control/show-run.ts'
import { callerId } from '../accounts/caller.ts'
import type { App, HttpParts } from '../app.ts'
import { countedPageOf, fromCursor, pageQuery, toPage } from '../paging.ts'
import { onceHeaders } from '../plugins/once.ts'
import { getRunDefaults } from '../settings/run-defaults.ts'
import { keepUsed, runRequest, settingsOf } from './begin-run.ts'
import { filesOf } from './named-files.ts'
import { detailedRunView, runView, toDetailedRunView, toRunView } from './runs.schema.ts'

const byId = z.object({ id: z.uuid() })
const retryRequest = z
  .strictObject({
    kind: z.enum(stepKinds).optional().describe('Only steps of this kind.'),
    subject: z.int().min(0).optional().describe('Only of the moment with this rank.'),
  })
  .nullish()
const priorityRequest = z.strictObject({
  priority: z.int().min(-mostPriority).max(mostPriority).describe('Higher ones overtake; 0 unless told.'),
})
const time = z.iso.datetime({ offset: true })
const listQuery = pageQuery.extend({
  status: z.enum(runStatuses).optional(),
  recordingId: z.uuid().optional().describe('Of one recording.'),
  since: time.optional().describe('Begun then or later.'),
  until: time.optional().describe('Begun before.'),
  sort: z.enum(['newest', 'oldest']).default('newest').describe('A cursor goes on in the order it came from.'),
})
const tags = ['runs']

/** Runs: what is under way, and a hand on it. */
export function runRoutes(app: App, { pipeline, settings }: HttpParts): void {
  const db = pipeline.database.kysely
  app.get(
    '/api/v1/runs',
    {
      config: { may: 'viewer' },
      schema: {
        tags,
        summary: 'Runs, the newest first unless told, each with what it does or waits for',
        querystring: listQuery,
        response: { 200: countedPageOf(runView) },
      },
    },
    async ({ query: { limit, cursor, sort, ...which } }) => {
      const before = cursor === undefined ? undefined : fromCursor(cursor)
      const [{ items }, total] = await Promise.all([
        listWork(db, { ...which, sort, limit: limit + 1, before }),
        before === undefined ? countRuns(db, which) : null,
      ])
      const page = toPage(items, {
        limit,
        placeOf: ({ place, runId }) => ({ at: place, id: runId }),
        view: toRunView,
      })
      return { ...page, total }
    },
  )
  app.post(
    '/api/v1/runs',
    {
      config: { may: 'editor', once: true },
      schema: {
        tags,
        headers: onceHeaders,
        summary: 'Make clips of a recording; Location is the run',
        body: runRequest,
        response: { 202: z.object({ id: z.uuid() }) },
      },
    },
    async ({ body }, reply) => {
      const files = filesOf(reply.request, { db, settings })
      const asked = await settingsOf(body, { pipeline, files, defaults: await getRunDefaults(db) })
      const begun = await pipeline.beginRun(asked, { by: callerId(reply.request), also: keepUsed(files) })
      const { runId } = begun
      return reply.code(202).header('location', `/api/v1/runs/${runId}`).send({ id: runId })
    },
  )
  app.get(
    '/api/v1/runs/:id',
    {
      config: { may: 'viewer' },
      schema: {
        tags,
        summary: 'A run with every step, and the evidence of each try that failed',
        params: byId,
        response: { 200: detailedRunView },
      },
    },
    async ({ params: { id } }) => toDetailedRunView(await showRun(db, id)),
  )
  app.post(
    '/api/v1/runs/:id/cancel',
    {
      config: { may: 'editor' },
      schema: { tags, summary: 'End a run; what it has finished is kept', params: byId, response: { 204: z.null() } },
    },
    async ({ params: { id } }, reply) => {
      if (!(await pipeline.cancelRun(id))) throw new RunHasEnded(id)
      return reply.code(204).send(null)
    },
  )
  app.post(
    '/api/v1/runs/:id/retry',
    {
      config: { may: 'editor' },
      schema: {
        tags,
        summary: 'Try again what failed or was cancelled, all of it or a part',
        params: byId,
        body: retryRequest,
        response: { 204: z.null() },
      },
    },
    async ({ params: { id }, body }, reply) => {
      await retrySteps(db, { queue: pipeline.queue, runId: id, kind: body?.kind, subject: body?.subject })
      return reply.code(204).send(null)
    },
  )
  app.post(
    '/api/v1/runs/:id/priority',
    {
      config: { may: 'editor' },
      schema: {
        tags,
        summary: 'Let a run overtake those with a lower priority',
        params: byId,
        body: priorityRequest,
        response: { 204: z.null() },
      },
    },
    async ({ params: { id }, body: { priority } }, reply) => {
      await setRunPriority(db, id, priority)
      return reply.code(204).send(null)
    },
  )
  app.post(
    '/api/v1/runs/:id/front',
    {
      config: { may: 'editor' },
      schema: { tags, summary: 'Let a run overtake all others', params: byId, response: { 204: z.null() } },
    },
    async ({ params: { id } }, reply) => {
      await moveToFront(db, id)
      return reply.code(204).send(null)
    },
  )
}
