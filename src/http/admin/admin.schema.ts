import { z } from 'zod'
import { stepKinds } from '../../domain/run.ts'
import { jobStates, type ListedJob } from '../../queue/listed-jobs.ts'

const kind = z.enum(stepKinds)
const bytes = z.number().describe('Bytes.')

export const jobView = z
  .object({
    id: z.uuid(),
    state: z.enum(jobStates),
    kind,
    runId: z.uuid(),
    subject: z.int().describe('The rank of the moment it is about; 0 for the whole recording.'),
    priority: z.int(),
    retries: z.int().describe('How often it was tried before.'),
    createdAt: z.iso.datetime(),
    startsAfter: z.iso.datetime().describe('Not begun before.'),
  })
  .meta({ id: 'Job' })

export function toJobView({ createdAt, startsAfter, ...same }: ListedJob): z.infer<typeof jobView> {
  return { ...same, createdAt: createdAt.toISOString(), startsAfter: startsAfter.toISOString() }
}

export const queueStats = z
  .object({
    jobs: z.array(z.object({ kind: z.string(), state: z.string(), count: z.int() })),
    steps: z.array(z.object({ kind, status: z.string(), count: z.int() })),
    paused: z.array(kind),
    workers: z.int().describe('Workers that live.'),
    runs: z.object({ unfinished: z.int(), most: z.int().describe('Over it, new runs are refused: MAX_QUEUE_SIZE.') }),
  })
  .meta({ id: 'QueueStats' })

export const storageStats = z
  .object({
    renderings: z.object({ count: z.int(), bytes }),
    downloads: z.object({
      bytes,
      quota: bytes.describe('Most bytes of uploads and downloads together: MAX_STORAGE_GB.'),
    }),
    uploads: z.object({ bytes }),
    disk: z.object({ free: bytes, total: bytes }),
  })
  .meta({ id: 'StorageStats' })

export const kindParams = z.object({ kind })
export const retryRequest = z.strictObject({ kind: kind.optional().describe('Only steps of this kind.') })
export const retried = z.object({
  runs: z.array(z.object({ runId: z.uuid(), steps: z.array(z.object({ kind, subject: z.int() })) })),
})
