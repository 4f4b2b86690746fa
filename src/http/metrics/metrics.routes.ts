import { collectDefaultMetrics, Registry } from 'prom-client'
import { z } from 'zod'
import { countJobsByState, countStepsByStatus } from '../../library/counts.store.ts'
import { livingWorkers } from '../../pipeline/workers/worker-presence.ts'
import type { App, HttpParts } from '../app.ts'
import { Gauges } from './gauges.ts'
import { RequestFigures } from './request-figures.ts'

declare module 'fastify' {
  interface FastifyInstance {
    requestFigures: RequestFigures
  }
}

const metric = z
  .object({
    name: z.string(),
    help: z.string(),
    type: z.string(),
    values: z.array(
      z.object({
        value: z.number(),
        labels: z.record(z.string(), z.union([z.string(), z.number()])),
        metricName: z.string().optional().describe('Of histograms and summaries: which of their parts it is.'),
      }),
    ),
  })
  .meta({ id: 'Metric' })

/** Everything that is counted since the process began, and how things stand: `/metrics` for Prometheus (text format 0.0.4), and as JSON. */
export function metricsRoutes(app: App, { pipeline, version, breakers }: HttpParts): void {
  const db = pipeline.database.kysely
  const registry = new Registry()
  collectDefaultMetrics({ register: registry, prefix: 'clipwright_' })
  const gauges = new Gauges(registry, version)
  const requests = new RequestFigures(registry)
  app.decorate('requestFigures', requests)
  app.addHook('onSend', async ({ method, routeOptions }, reply, payload) => {
    const { statusCode: status, elapsedTime: milliseconds } = reply
    requests.add({ method, route: routeOptions.url ?? 'unknown', status, milliseconds })
    return payload
  })

  /** All registries of this process, with its gauges brought up to date. */
  async function read(): Promise<Registry> {
    const { pool, use } = pipeline.database
    const [steps, jobs, workers, models = []] = await Promise.all([
      countStepsByStatus(db),
      countJobsByState(db),
      livingWorkers(db),
      breakers?.(),
    ])
    gauges.set({ steps, jobs, workers, models, pool })
    return Registry.merge([registry, use.registry])
  }

  app.get(
    '/metrics',
    { config: { may: 'viewer' }, schema: { tags: ['operations'], summary: 'For Prometheus' } },
    async (_, reply) => {
      const all = await read()
      return reply.type(registry.contentType).send(await all.metrics())
    },
  )
  app.get(
    '/api/v1/admin/metrics',
    {
      config: { may: 'viewer' },
      schema: {
        tags: ['operations'],
        summary: 'The same as JSON',
        response: { 200: z.object({ metrics: z.array(metric) }) },
      },
    },
    async () => {
      const all = await read()
      return { metrics: z.array(metric).parse(await all.getMetricsAsJSON()) }
    },
  )
}
