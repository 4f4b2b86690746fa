import { getSamples } from '../../library/metrics-history.store.ts'
import { ProcessMeter } from '../../observability/process-meter.ts'
import type { App, HttpParts } from '../app.ts'
import { dashboard, dashboardQuery, toDashboard } from './dashboard.schema.ts'
import { History } from './history.ts'
import { measureDashboard, type Snapshot } from './measure-dashboard.ts'
import { Sampler } from './sampler.ts'
import { StorageScales } from './storage-scales.ts'
import { Warmed } from './warmed.ts'

/** How everything does, now and over the last days: measured every five seconds while somebody looks, and answered from memory. */
export function dashboardRoutes(app: App, { pipeline, settings, logger }: HttpParts): void {
  const { database, dataFolder } = pipeline
  const retentionHours = settings.METRICS_RETENTION_HOURS
  const scales = new StorageScales(dataFolder)
  const history = new History()
  // Each reader of a meter has its own, else one would take the time from the other.
  const meters = { shown: new ProcessMeter(), kept: new ProcessMeter() }
  const instruments = { database, scales, requests: app.requestFigures }
  const warmed = new Warmed({
    make: async () => {
      await scales.walk()
      const snapshot = await database.kysely
        .connection()
        .execute((db) => measureDashboard(db, { ...instruments, meter: meters.shown }))
      history.add(await getSamples(database.kysely, history.newest), { now: snapshot.takenAt, retentionHours })
      return snapshot
    },
    onIdle: () => history.clear(),
  })
  // Of each measurement the answers that were asked for: eight thousand figures are checked and written once, not for everyone who looks.
  const bodies = new WeakMap<Snapshot, Map<number, string>>()
  const write = (snapshot: Snapshot, hours: number): string => {
    const view = history.view({ hours, now: snapshot.takenAt })
    const body = JSON.stringify(dashboard.parse(toDashboard({ snapshot, history: view, hours })))
    const held = bodies.get(snapshot) ?? new Map<number, string>()
    bodies.set(snapshot, held.set(hours, body))
    return body
  }
  const sampler = new Sampler({ pipeline, instruments: { ...instruments, meter: meters.kept }, retentionHours, logger })
  // Not for a server that is only asked by tests or for its document.
  app.addHook('onListen', async () => sampler.start())
  app.addHook('onClose', async () => {
    await Promise.all([warmed.stop(), sampler.stop()])
    for (const meter of Object.values(meters)) meter[Symbol.dispose]()
  })
  app.get(
    '/api/v1/dashboard',
    {
      config: { may: 'viewer' },
      schema: {
        tags: ['operations'],
        summary: 'How everything does, now and over time',
        querystring: dashboardQuery,
        response: { 200: dashboard },
      },
    },
    async ({ query: { hours } }, reply) => {
      const snapshot = await warmed.get()
      const body = bodies.get(snapshot)?.get(hours) ?? write(snapshot, hours)
      // Written already: Fastify sends a text as it is.
      return reply.type('application/json; charset=utf-8').send(body as never)
    },
  )
}
