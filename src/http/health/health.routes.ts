import { z } from 'zod'
import type { App, HttpParts } from '../app.ts'
import { isLoopback } from '../plugins/access.ts'
import { databasePart, healthParts, worstOf } from './health-parts.ts'
import { LimitedParts } from './limited-parts.ts'

const part = z.object({ name: z.string(), status: z.enum(['ok', 'degraded', 'broken']), says: z.string() })
const health = z.object({ status: z.enum(['ok', 'degraded', 'broken']), version: z.string(), parts: z.array(part) })

/** Whether it lives, whether it can work, and how each part of it does; each answers within two seconds whatever hangs. */
export function healthRoutes(app: App, { pipeline, version }: HttpParts): void {
  const open = { may: 'anyone' } as const
  const limited = new LimitedParts()
  app.get(
    '/health/live',
    {
      config: open,
      schema: {
        tags: ['health'],
        summary: 'Whether the process lives',
        response: { 200: z.object({ status: z.literal('ok') }) },
      },
    },
    async () => ({ status: 'ok' as const }),
  )
  app.get(
    '/health/ready',
    {
      config: open,
      schema: { tags: ['health'], summary: 'Whether it can work', response: { 200: health, 503: health } },
    },
    async (_, reply) => {
      const database = await databasePart(pipeline, limited)
      const status = database.status
      return reply.code(status === 'broken' ? 503 : 200).send({ status, version, parts: [database] })
    },
  )
  app.get(
    '/health',
    {
      // Who asks from this machine is let in without a look into the database: else the answer would hang with it.
      config: open,
      schema: {
        tags: ['health'],
        summary: 'How each part does; in words for who asks from this machine',
        response: { 200: health, 503: health },
      },
    },
    async ({ ip }, reply) => {
      const found = await healthParts(pipeline, limited)
      const parts = isLoopback(ip) ? found : found.map((part) => ({ ...part, says: '' }))
      const status = worstOf(parts)
      return reply.code(status === 'broken' ? 503 : 200).send({ status, version, parts })
    },
  )
}
