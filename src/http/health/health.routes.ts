import { sql } from 'kysely'
import { z } from 'zod'
import type { App, HttpParts } from '../app.ts'

const part = z.object({ name: z.string(), status: z.enum(['ok', 'degraded', 'broken']), says: z.string() })
const health = z.object({ status: z.enum(['ok', 'degraded', 'broken']), version: z.string(), parts: z.array(part) })

/** Whether it lives, whether it can work, and how each part of it does. */
export function healthRoutes(app: App, { pipeline, version }: HttpParts): void {
  const open = { may: 'anyone' } as const
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
      const database = await databasePart(pipeline)
      const status = database.status
      return reply.code(status === 'broken' ? 503 : 200).send({ status, version, parts: [database] })
    },
  )
}

async function databasePart({ database }: HttpParts['pipeline']): Promise<z.infer<typeof part>> {
  try {
    await sql`select 1`.execute(database.kysely)
    return { name: 'database', status: 'ok', says: 'answers' }
  } catch {
    return { name: 'database', status: 'broken', says: 'does not answer' }
  }
}
