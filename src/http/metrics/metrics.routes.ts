import { collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client'
import { countJobsByState, countStepsByStatus } from '../../library/counts.store.ts'
import { livingWorkers } from '../../pipeline/workers/worker-presence.ts'
import type { App, HttpParts } from '../app.ts'

/** `/metrics` for Prometheus (text format 0.0.4), and the time of every request. */
export function metricsRoutes(app: App, { pipeline, version, breakers }: HttpParts): void {
  const db = pipeline.database.kysely
  const registry = new Registry()
  collectDefaultMetrics({ register: registry, prefix: 'clipwright_' })
  const about = { registers: [registry] }
  const requests = new Histogram({
    ...about,
    name: 'clipwright_http_request_seconds',
    help: 'Time from a request to the end of its answer.',
    labelNames: ['method', 'route', 'status'],
    buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5],
  })
  new Gauge({ ...about, name: 'clipwright_info', help: 'The version.', labelNames: ['version'] }).set({ version }, 1)
  const steps = new Gauge({
    ...about,
    name: 'clipwright_steps',
    help: 'Steps by kind and status.',
    labelNames: ['kind', 'status'],
  })
  const jobs = new Gauge({
    ...about,
    name: 'clipwright_queue_jobs',
    help: 'Jobs by kind and state.',
    labelNames: ['kind', 'state'],
  })
  const workers = new Gauge({ ...about, name: 'clipwright_workers', help: 'Workers that live.' })
  const memory = new Gauge({
    ...about,
    name: 'clipwright_worker_memory_bytes',
    help: 'Resident memory of each worker.',
    labelNames: ['host', 'pid'],
  })

  const breaker = new Gauge({
    ...about,
    name: 'clipwright_model_breaker',
    help: 'Circuit breaker of each language model: 0 closed, 1 on trial, 2 open.',
    labelNames: ['provider', 'model'],
  })

  app.addHook('onResponse', async ({ method, routeOptions }, reply) => {
    const route = routeOptions.url ?? 'unknown'
    requests.observe({ method, route, status: String(reply.statusCode) }, reply.elapsedTime / 1000)
  })
  app.get(
    '/metrics',
    { config: { may: 'viewer' }, schema: { tags: ['health'], summary: 'For Prometheus' } },
    async (_, reply) => {
      const [byStatus, byState, living, models = []] = await Promise.all([
        countStepsByStatus(db),
        countJobsByState(db),
        livingWorkers(db),
        breakers?.(),
      ])
      for (const gauge of [steps, jobs, memory, breaker]) gauge.reset()
      for (const { provider, model, state } of models) breaker.set({ provider, model }, openness[state])
      for (const { kind, status, count } of byStatus) steps.set({ kind, status }, count)
      for (const { kind, state, count } of byState) jobs.set({ kind, state }, count)
      workers.set(living.length)
      for (const { identity, memoryBytes } of living)
        memory.set({ host: identity.host, pid: String(identity.pid) }, memoryBytes)
      return reply.type(registry.contentType).send(await registry.metrics())
    },
  )
}

const openness = { closed: 0, 'half-open': 1, open: 2 }
