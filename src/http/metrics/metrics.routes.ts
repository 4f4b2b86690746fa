import { collectDefaultMetrics, Registry } from 'prom-client'
import { z } from 'zod'
import { countJobsByState, countStepsByStatus } from '../../library/counts.store.ts'
import { livingWorkers } from '../../pipeline/workers/worker-presence.ts'
import type { App, HttpParts } from '../app.ts'
import { Gauges } from './gauges.ts'
import { metric, toMetric } from './metrics.schema.ts'
import { RequestFigures } from './request-figures.ts'

declare module 'fastify' {
  interface FastifyInstance {
    requestFigures: RequestFigures
  }
}

/** Everything that is counted since the process began, and how things stand: `/metrics` for Prometheus (text format 0.0.4), and as JSON. */
export function metricsRoutes(app: App, { pipeline, version, breakers }: HttpParts): void {
  const db = pipeline.database.kysely
  const registry = new Registry()
  collectDefaultMetrics({ register: registry, prefix: 'clipwright_' })
  for (const name of misnamed) registry.removeSingleMetric(`clipwright_nodejs_${name}`)
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
      return { metrics: (await all.getMetricsAsJSON()).map(toMetric) }
    },
  )
}

// Gauges that call themselves totals, which Prometheus keeps for counters; each is there a second time, by type, under a name that is right.
const misnamed = ['active_handles_total', 'active_requests_total', 'active_resources_total']
