import { z } from 'zod'
import { stepKinds } from '../../domain/run.ts'
import type { WorkerState } from '../../domain/worker.ts'
import { livingWorkers } from '../../pipeline/workers/worker-presence.ts'
import type { App, HttpParts } from '../app.ts'

const kind = z.enum(stepKinds)

export const workerView = z
  .object({
    id: z.uuid(),
    host: z.string(),
    pid: z.int(),
    status: z.enum(['working', 'draining']).describe('draining: it takes nothing new and ends when it is done.'),
    kinds: z.array(kind).describe('What it takes on.'),
    onlyRun: z.uuid().nullable().describe('The one run it works on; null for all.'),
    doing: z.array(z.object({ stepId: z.uuid(), kind, runId: z.uuid() })),
    atOnce: z
      .array(z.object({ kind, count: z.int() }))
      .describe('Steps of each kind it takes at a time, as its machine stands.'),
    shortages: z
      .array(z.object({ kind, count: z.int(), of: z.int(), short: z.enum(['memory', 'load']) }))
      .describe('Of which kinds it takes fewer than it could, and what is short.'),
    done: z.int().describe('Steps it has ended since it started.'),
    restarts: z.int().describe('How often its process was started anew.'),
    memoryBytes: z.number().describe('Of its process, without the tools it starts.'),
    loadPerCore: z
      .number()
      .nullable()
      .describe('Tasks that want to run, for each core of its machine, over the last minute.'),
    freeMegabytes: z.number().nullable().describe('Of its machine or container.'),
    loopDelayMs: z.number().nullable().describe('How late its process came to what was due, milliseconds, 99 of 100.'),
    startedAt: z.iso.datetime(),
    beatAt: z.iso.datetime().describe('When it was last heard of; every 3 s.'),
  })
  .meta({ id: 'Worker' })

/** Who works, and how each does. */
export function workerRoutes(app: App, { pipeline }: HttpParts): void {
  app.get(
    '/api/v1/admin/workers',
    {
      config: { may: 'owner' },
      schema: {
        tags: ['operations'],
        summary: 'Who works, on what, and why no more of it',
        response: { 200: z.object({ items: z.array(workerView) }) },
      },
    },
    async () => ({ items: (await livingWorkers(pipeline.database.kysely)).map(toWorkerView) }),
  )
}

function toWorkerView({
  identity,
  limits,
  doneCount,
  startedAt,
  beatAt,
  ...worker
}: WorkerState): z.infer<typeof workerView> {
  const {
    id,
    status,
    kinds,
    onlyRun,
    doing,
    shortages,
    restarts,
    memoryBytes,
    loadPerCore,
    freeMegabytes,
    loopDelayMs,
  } = worker
  const times = { startedAt: startedAt.toISOString(), beatAt: beatAt.toISOString() }
  const atOnce = kinds.map((each) => ({ kind: each, count: limits[each] ?? 0 }))
  return {
    ...{
      id,
      host: identity.host,
      pid: identity.pid,
      status,
      kinds,
      onlyRun,
      doing,
      atOnce,
      shortages,
      done: doneCount,
    },
    ...{ restarts, memoryBytes, loadPerCore, freeMegabytes, loopDelayMs, ...times },
  }
}
