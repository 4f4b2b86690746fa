import { z } from 'zod'
import type { ErrorRecord } from '../../domain/app-error.ts'
import { runStatuses, stepKinds, stepStatuses } from '../../domain/run.ts'
import type { WorkItem } from '../../pipeline/control/list-work.ts'
import type { RunInView, TimedAttempt } from '../../pipeline/control/show-run.ts'
import { standingStates } from '../../pipeline/control/standing.ts'

const standing = {
  state: z
    .enum(standingStates)
    .describe(
      'Like status, but a step or run that only waits is never `working`, nor one that waits for a person `failed`.',
    ),
  says: z.string().describe('How it stands, in words: `waiting (2 ahead)`, `rendering 3 of 8, 62 %, 40 s left`.'),
  fraction: z.number().min(0).max(1).nullable().describe('How far it is, as far as that is known.'),
  secondsLeft: z.int().nullable().describe('Rounded; null while nobody can know.'),
}

export const runView = z
  .object({
    id: z.uuid(),
    title: z.string(),
    recordingId: z.uuid().nullable().describe('Null until the recording is known.'),
    status: z.enum(runStatuses),
    ...standing,
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
          ...standing,
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
    error: toErrorView(error),
    steps: steps.map(({ stepId, ...step }) => ({ id: stepId, ...step })),
  }
}

function toErrorView(error: ErrorRecord | null): z.infer<typeof runView>['error'] {
  return error === null ? null : { code: error.code, message: error.message, hint: error.hint }
}

/** One try that failed, with what is left of it. */
export const attemptView = z
  .object({
    attempt: z.int(),
    startedAt: z.iso.datetime().nullable(),
    endedAt: z.iso.datetime(),
    seconds: z.number().nullable(),
    host: z.string().nullable(),
    code: z.string(),
    message: z.string(),
    hint: z.string().optional(),
    command: z.string().optional().describe('The tool as it was started.'),
    exitCode: z.int().nullable().optional().describe('Null when a signal ended it.'),
    signal: z.string().nullable().optional(),
    toolSeconds: z.number().optional().describe('How long the tool ran.'),
    output: z.string().optional().describe('The last lines of the tool.'),
  })
  .meta({ id: 'FailedAttempt' })

export function toAttemptView({
  attempt,
  startedAt,
  endedAt,
  seconds,
  holder,
  error: { code, message, hint, evidence },
}: TimedAttempt): z.infer<typeof attemptView> {
  return {
    ...{ attempt, seconds, code, message, hint },
    startedAt: startedAt?.toISOString() ?? null,
    endedAt: endedAt.toISOString(),
    host: holder?.host ?? null,
    command: evidence?.command,
    exitCode: evidence?.exitCode,
    signal: evidence?.signal,
    toolSeconds: evidence?.durationSeconds,
    output: evidence?.output,
  }
}

export const detailedRunView = runView
  .omit({ done: true, steps: true })
  .extend({ steps: z.array(runView.shape.steps.element.extend({ failedAttempts: z.array(attemptView) })) })
  .meta({ id: 'DetailedRun' })

export function toDetailedRunView(run: RunInView): z.infer<typeof detailedRunView> {
  const { place: _, momentCount: __, duration: ___, wanted: ____, createdAt, finishedAt, error, steps, ...same } = run
  return {
    ...same,
    createdAt: createdAt.toISOString(),
    finishedAt: finishedAt?.toISOString() ?? null,
    error: toErrorView(error),
    steps: steps.map(({ stepId, attempts, ...step }) => ({
      id: stepId,
      ...step,
      failedAttempts: attempts.map(toAttemptView),
    })),
  }
}
