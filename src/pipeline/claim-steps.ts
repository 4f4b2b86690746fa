import type { Kysely } from 'kysely'
import type { Tables } from '../database/tables.ts'
import type { StepKind } from '../domain/run.ts'
import type { Run } from '../library/runs.store.ts'
import { beginClaimed, type Step } from '../library/steps.store.ts'
import type { Logger } from '../observability/logger.ts'
import { thisProcess } from '../observability/this-process.ts'
import type { ClaimedJob, JobQueue } from '../queue/job-queue.ts'

/** A step in our hands, and its run as it was when we took it. */
export interface ClaimedStep {
  job: ClaimedJob
  step: Step
  run: Run
}

interface Claiming {
  kind: StepKind
  /** Most to take. */
  count: number
  /** Leaves the steps of other runs be. */
  onlyRun?: string | undefined
}

/** Takes the next steps of a kind and notes that this process begins them; fewer than asked for when no more are waiting. */
export async function claimSteps(
  { db, queue, logger }: { db: Kysely<Tables>; queue: JobQueue; logger: Logger },
  { kind, count, onlyRun }: Claiming,
): Promise<ClaimedStep[]> {
  const claiming = queue.claiming(kind, { count, onlyGroup: onlyRun })
  const claimed: ClaimedStep[] = []
  for (const { jobId, retryCount, step, run } of await beginClaimed(db, { claiming, holder: thisProcess() })) {
    const job = { name: kind, id: jobId, retryCount }
    if (step !== null && run !== null) {
      claimed.push({ job, step, run })
      continue
    }
    logger.warn({ jobId, queue: kind }, 'dropped a job that is about nothing any more')
    await db.transaction().execute((tx) => queue.complete(tx, [job]))
  }
  return claimed
}
