import type { FastifyRequest } from 'fastify'
import { type QueryCount, queryCounts } from '../../database/count-queries.ts'
import type { App } from '../app.ts'

/**
 * Times every request until its answer is ready, counts the queries it took, and logs it as slow after `slowMs` (milliseconds). Streams that never end and
 * files on their way to a slow reader don't count: their answer was ready before.
 */
export function timeRequests(app: App, { slowMs = 1000 }: { slowMs?: number } = {}): void {
  const counts = new WeakMap<FastifyRequest, QueryCount>()
  app.addHook('onRequest', (request, _, done) => {
    const counted = { count: 0 }
    counts.set(request, counted)
    queryCounts.run(counted, done)
  })
  // Reading a body goes on from an event of the socket, which belongs to no request.
  app.addHook('preValidation', (request, _, done) => {
    queryCounts.run(counts.get(request) ?? { count: 0 }, done)
  })
  app.addHook('onSend', async (request, reply, payload) => {
    const { method, routeOptions, log } = request
    const facts = {
      method,
      route: routeOptions.url,
      status: reply.statusCode,
      ms: Math.round(reply.elapsedTime),
      queries: counts.get(request)?.count ?? 0,
    }
    if (reply.elapsedTime >= slowMs) log.warn(facts, 'a request was slow')
    else log.debug(facts, 'request')
    return payload
  })
}
