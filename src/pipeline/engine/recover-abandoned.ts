import type { Kysely } from 'kysely'
import type { Tables } from '../../database/tables.ts'
import { toErrorRecord } from '../../domain/app-error.ts'
import { getWorkingSteps, type Step } from '../../library/steps.store.ts'
import type { Logger } from '../../observability/logger.ts'
import { hasEnded } from '../../observability/this-process.ts'
import { ClaimLost } from '../../queue/claimed-job.ts'
import { type JobQueue } from '../../queue/job-queue.ts'
import { endOrphans } from './end-orphans.ts'
import { failAttempt } from './finish-step.ts'
import { WorkerLost } from './settle-lost-steps.ts'

interface Recovery {
  db: Kysely<Tables>
  queue: JobQueue
  logger: Logger
}

/**
 * Cleans up after processes of this machine that were killed: ends the tools they had started, then frees the steps they
 * held, at once instead of after a missing heartbeat. Leaves the living and other machines alone.
 */
export async function recoverAbandoned({ db, queue, logger }: Recovery): Promise<void> {
  await endOrphans({ db, logger })
  for (const step of await getWorkingSteps(db)) {
    if (!step.holder || !hasEnded(step.holder)) continue
    logger.info({ stepId: step.id, pid: step.holder.pid }, 'taking back a step whose process has ended')
    await giveBack({ db, queue }, step)
  }
}

async function giveBack({ db, queue }: Omit<Recovery, 'logger'>, step: Step): Promise<void> {
  const job = { name: step.kind, id: step.jobId, retryCount: step.attempts - 1 }
  try {
    await failAttempt({ db, queue, job, step }, { error: toErrorRecord(new WorkerLost()), retryAt: 'now' })
  } catch (error) {
    // Someone else was quicker.
    if (!(error instanceof ClaimLost)) throw error
  }
}
