import { z } from 'zod'
import { stepKinds } from '../../domain/run.ts'

/** What a worker process is to do; JSON on its command line. */
export const workerTask = z.object({
  /** An existing folder. */
  dataFolder: z.string(),
  kinds: z.array(z.enum(stepKinds)).optional(),
  atOnce: z.int().positive().optional(),
  /** Whether it ends when nothing is left to do. */
  untilIdle: z.boolean(),
  /** Whether it says on standard error what it begins and ends. */
  talks: z.boolean(),
  /** What LOG_LEVEL is when nobody set it. */
  logLevel: z.enum(['error', 'warn']),
  /** How often it was started before. */
  restarts: z.int().nonnegative(),
})
export type WorkerTask = z.infer<typeof workerTask>

/** To the worker. `drain`: take nothing new, what is under way has 30 s; `stop`: give back what is under way, now. */
export const workerOrder = z.object({ do: z.enum(['drain', 'stop']) })
export type WorkerOrder = z.infer<typeof workerOrder>

/** From the worker. `worn`: it has done as much as one process should, and wants to be replaced. */
export const workerNews = z.discriminatedUnion('is', [
  z.object({ is: z.literal('ready') }),
  z.object({ is: z.literal('ended'), because: z.enum(['told', 'idle', 'worn']) }),
  z.object({
    is: z.literal('failed'),
    error: z.object({ code: z.string(), message: z.string(), hint: z.string().optional() }),
  }),
])
export type WorkerNews = z.infer<typeof workerNews>
