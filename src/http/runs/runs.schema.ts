import { z } from 'zod'
import { runStatuses, stepKinds, stepStatuses } from '../../domain/run.ts'

export const runView = z
  .object({
    id: z.uuid(),
    title: z.string(),
    status: z.enum(runStatuses),
    priority: z.int(),
    createdAt: z.iso.datetime(),
    finishedAt: z.iso.datetime().nullable(),
    error: z.object({ code: z.string(), message: z.string(), hint: z.string().optional() }).nullable(),
    done: z.int().describe('Steps that are done.'),
    steps: z
      .array(
        z.object({
          id: z.uuid(),
          kind: z.enum(stepKinds),
          subject: z.int().describe('The rank of the moment it is about; 0 for the whole recording.'),
          status: z.enum(stepStatuses),
          says: z.string().describe('How it stands, in words.'),
        }),
      )
      .describe('Steps that are not done.'),
  })
  .meta({ id: 'Run' })
