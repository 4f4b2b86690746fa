import type { Kysely } from 'kysely'
import type { Tables } from '../../database/tables.ts'
import type { StepKind } from '../../domain/run.ts'
import type { Run } from '../../library/runs.store.ts'
import type { Step } from '../../library/steps.store.ts'
import { beginClaimed } from '../../library/steps-with-jobs.store.ts'
import type { Logger } from '../../observability/logger.ts'
import { thisProcess } from '../../observability/this-process.ts'
import type { ClaimedJob } from '../../queue/claimed-job.ts'
import { claiming, completing } from '../../queue/job-statements.ts'

/** A step in our hands, and its run as it was when we took it. */
export interface ClaimedStep {
  job: ClaimedJob
  step: Step
  run: Run
}

/**
 * Takes the next steps, of each kind as many as there is room for, and notes that this process begins them; fewer when no more are waiting.
 * `onlyRun` leaves the steps of other runs be.
 */
export async function claimSteps(
  { db, logger }: { db: Kysely<Tables>; logger: Logger },
  { rooms, onlyRun }: { rooms: ReadonlyMap<StepKind, number>; onlyRun?: string | undefined },
): Promise<ClaimedStep[]> {
  const claimed: ClaimedStep[] = []
  for (const { job, step, run } of await beginClaimed(db, {
    claiming: claiming(rooms, onlyRun),
    holder: thisProcess(),
  })) {
    if (step !== null && run !== null) claimed.push({ job, step, run })
    else {
      logger.warn({ jobId: job.id, queue: job.name }, 'dropped a job that is about nothing any more')
      await completing([job]).execute(db)
    }
  }
  return claimed
}
