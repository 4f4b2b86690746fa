import { z } from 'zod'
import type { App } from '../app.ts'

/**
 * What is asked of the API after the `?` is refused where nobody knows it, as unknown fields of bodies are: a filter with a slip of the pen would
 * otherwise answer with everything. Pages let it be, for links to them get all kinds of things added. To be added before what describes routes.
 */
export function readQueriesStrictly(app: App): void {
  app.addHook('onRoute', (route) => {
    if (!route.url.startsWith('/api/v1/')) return
    const { querystring = z.object({}) } = route.schema ?? {}
    if (!(querystring instanceof z.ZodObject)) throw new Error(`${route.url} takes queries that can't be made strict`)
    route.schema = { ...route.schema, querystring: querystring.strict() }
  })
}
