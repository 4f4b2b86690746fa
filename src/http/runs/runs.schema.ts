import { z } from 'zod'
import { runStatuses, stepKinds, stepStatuses } from '../../domain/run.ts'
import type { WorkItem } from '../../pipeline/control/list-work.ts'
import type { RunInView } from '../../pipeline/control/show-run.ts'

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

export function toRunView(item: WorkItem): z.infer<typeof runView> {
  const { runId, place: _, createdAt, finishedAt, error, steps, ...same } = item
  return {
    ...same,
    id: runId,
    createdAt: createdAt.toISOString(),
    finishedAt: finishedAt?.toISOString() ?? null,
    error: error === null ? null : { code: error.code, message: error.message, hint: error.hint },
    steps: steps.map(({ stepId, ...step }) => ({ id: stepId, ...step })),
  }
}

const attempt = z.object({
  attempt: z.int(),
  startedAt: z.iso.datetime().nullable(),
  endedAt: z.iso.datetime(),
  seconds: z.number().nullable(),
  host: z.string().nullable(),
  code: z.string(),
  message: z.string(),
  command: z.string().optional(),
  output: z.string().optional().describe('The last lines of the tool.'),
})

export const detailedRunView = runView
  .omit({ done: true, steps: true })
  .extend({ steps: z.array(runView.shape.steps.element.extend({ failedAttempts: z.array(attempt) })) })
  .meta({ id: 'DetailedRun' })

export function toDetailedRunView(run: RunInView): z.infer<typeof detailedRunView> {
  const { place: _, createdAt, finishedAt, error, steps, ...same } = run
  return {
    ...same,
    createdAt: createdAt.toISOString(),
    finishedAt: finishedAt?.toISOString() ?? null,
    error: error === null ? null : { code: error.code, message: error.message, hint: error.hint },
    steps: steps.map(({ stepId, attempts, ...step }) => ({
      id: stepId,
      ...step,
      failedAttempts: attempts.map(({ attempt: number, startedAt, endedAt, seconds, holder, error: why }) => ({
        attempt: number,
        startedAt: startedAt?.toISOString() ?? null,
        endedAt: endedAt.toISOString(),
        seconds,
        host: holder?.host ?? null,
        code: why.code,
        message: why.message,
        command: why.evidence?.command,
        output: why.evidence?.output,
      })),
    })),
  }
}
