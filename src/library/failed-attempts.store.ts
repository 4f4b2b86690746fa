import type { Kysely } from 'kysely'
import { json } from '../database/json.ts'
import type { Tables } from '../database/tables.ts'
import type { ErrorRecord } from '../domain/app-error.ts'
import type { ProcessIdentity } from '../domain/process-identity.ts'
import type { Step } from './steps.store.ts'

/** One try at a step that did not work out: the evidence. */
export interface FailedAttempt {
  attempt: number
  holder: ProcessIdentity | null
  error: ErrorRecord
  startedAt: Date | null
  endedAt: Date
}

/** Keeps how an attempt failed; the same attempt once. */
export async function saveFailedAttempt(
  tx: Kysely<Tables>,
  step: Pick<Step, 'id' | 'jobId' | 'attempts' | 'holder' | 'startedAt'>,
  error: ErrorRecord,
): Promise<void> {
  await tx
    .insertInto('failed_attempts')
    .values({
      step_id: step.id,
      job_id: step.jobId,
      attempt: Math.max(1, step.attempts),
      holder: json(step.holder),
      error: json(error),
      started_at: step.startedAt,
    })
    .onConflict((conflict) => conflict.doNothing())
    .execute()
}

/** Of all steps of a run, by step, in order. */
export async function getFailedAttempts(db: Kysely<Tables>, runId: string): Promise<Map<string, FailedAttempt[]>> {
  const rows = await select(db)
    .innerJoin('steps', 'steps.id', 'failed_attempts.step_id')
    .where('steps.run_id', '=', runId)
    .execute()
  return Map.groupBy(rows, ({ stepId }) => stepId)
}

/** Of these steps, by step, in order. */
export async function getAttemptsOfSteps(
  db: Kysely<Tables>,
  stepIds: readonly string[],
): Promise<Map<string, FailedAttempt[]>> {
  if (stepIds.length === 0) return new Map()
  const rows = await select(db).where('failed_attempts.step_id', 'in', stepIds).execute()
  return Map.groupBy(rows, ({ stepId }) => stepId)
}

function select(db: Kysely<Tables>) {
  return db
    .selectFrom('failed_attempts')
    .select(['failed_attempts.step_id as stepId', 'failed_attempts.attempt', 'failed_attempts.holder'])
    .select(['failed_attempts.error', 'failed_attempts.started_at as startedAt', 'failed_attempts.ended_at as endedAt'])
    .orderBy('failed_attempts.ended_at')
}
