import type { ServerResponse } from 'node:http'
import { z } from 'zod'
import { listEvents, type StoredEvent, severities } from '../../library/events.store.ts'
import type { WorkItem } from '../../pipeline/control/list-work.ts'
import type { App, HttpParts } from '../app.ts'
import { plainText } from '../plain-text.ts'
import { toRunView } from '../runs/runs.schema.ts'
import { LiveFeed } from './live-feed.ts'
import { tellReader } from './tell-reader.ts'

const eventView = z
  .object({
    id: z.int(),
    at: z.iso.datetime(),
    severity: z.enum(severities),
    component: z.string(),
    name: z.string(),
    message: z.string(),
    data: z.unknown(),
    runId: z.uuid().optional(),
    recordingId: z.uuid().optional(),
  })
  .meta({ id: 'Event' })

const id = z.coerce.number().int().min(0).max(Number.MAX_SAFE_INTEGER)
const listQuery = z.object({
  after: id.optional().describe('Only what happened after the one with this id.'),
  before: id.optional().describe('Only what happened before the one with this id.'),
  limit: z.coerce.number().int().min(1).max(500).default(100),
  severity: z.enum(severities).optional().describe('At least so severe.'),
  component: plainText(100).optional().describe('The part that says it, e.g. detect.'),
  name: plainText(100).optional().describe('E.g. upload.refused.'),
  runId: z.uuid().optional(),
  recordingId: z.uuid().optional(),
  sort: z.enum(['oldest', 'newest']).default('oldest'),
})

const heartbeatMs = 15_000
// What somebody missed while away; who missed more is told to ask for the rest.
const mostMissed = 1000

/** What happens: asked for now and then as JSON, or as it happens as server-sent events (WHATWG HTML, 9.2). */
export function eventRoutes(app: App, { pipeline, logger }: HttpParts): void {
  const db = pipeline.database.kysely
  const feed = new LiveFeed({ db, logger })
  const streams = new Set<ServerResponse>()
  // Before it waits for whoever is still being answered: a page that is open would keep the server from ending.
  app.addHook('preClose', async () => {
    feed.close()
    for (const stream of streams) stream.end()
  })
  app.get(
    '/api/v1/events',
    {
      config: { may: 'viewer' },
      schema: {
        tags: ['events'],
        summary: 'What happened, in order unless told',
        querystring: listQuery,
        response: { 200: z.object({ items: z.array(eventView) }) },
      },
    },
    async ({ query }) => ({ items: (await listEvents(db, query)).map(toView) }),
  )
  app.get(
    '/api/v1/events/stream',
    {
      config: { may: 'viewer' },
      schema: {
        tags: ['events'],
        summary: 'The same as server-sent events: `happened`, and `runs` whenever one under way changes',
        description: 'Reconnecting with Last-Event-ID tells first what was missed.',
        headers: z.object({ 'last-event-id': z.coerce.number().int().min(0).optional().catch(undefined) }),
      },
    },
    async ({ headers, raw: request }, reply) => {
      // Sent by hand from here: what plugins have set so far goes along.
      reply.hijack()
      const { raw: response } = reply
      response.writeHead(200, {
        ...(reply.getHeaders() as Record<string, string>),
        'content-type': 'text/event-stream; charset=utf-8',
        'cache-control': 'no-store',
        'x-accel-buffering': 'no',
      })
      streams.add(response)
      response.once('close', () => streams.delete(response))
      response.write('retry: 2000\n\n')
      const sendEvents = (events: readonly StoredEvent[]): void => {
        tellReader(response, events.map((event) => message('happened', toView(event), event.id)).join(''))
      }
      const sendRuns = (runs: readonly WorkItem[]): void => {
        tellReader(response, message('runs', runs.map(toRunView)))
      }
      const beat = setInterval(() => tellReader(response, ': still here\n\n'), heartbeatMs)
      let listening: { end: () => void } | null = null
      const end = (): void => {
        clearInterval(beat)
        listening?.end()
      }
      response.once('close', end)
      try {
        const missed = headers['last-event-id']
        if (missed !== undefined) sendEvents(await listEvents(db, { after: missed, limit: mostMissed }))
        listening = await feed.listen({ onEvents: sendEvents, onRuns: sendRuns })
        if (request.destroyed || response.destroyed) end()
      } catch (error) {
        // Left open it would look live and tell nothing; one that ends is opened again.
        reply.log.warn({ err: error }, 'a stream of events could not begin')
        end()
        response.end()
      }
    },
  )
}

function message(event: string, data: unknown, id?: number): string {
  return `event: ${event}\n${id === undefined ? '' : `id: ${id}\n`}data: ${JSON.stringify(data)}\n\n`
}

function toView({ at, ...same }: StoredEvent): z.infer<typeof eventView> {
  return { ...same, at: at.toISOString(), data: same.data ?? {} }
}
