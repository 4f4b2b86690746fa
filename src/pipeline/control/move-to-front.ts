import type { Kysely } from 'kysely'
import type { Tables } from '../../database/tables.ts'
import { AppError } from '../../domain/app-error.ts'
import { getHighestPriority, lockRun, setPriority } from '../../library/runs.store.ts'
import { prioritiseJobs } from '../../queue/control-jobs.ts'

export class RunHasEnded extends AppError {
  readonly code = 'RUN_HAS_ENDED'
  constructor(id: string) {
    super(`Run ${id} has ended already.`, { hint: 'See `clipwright jobs` for what is under way.' })
  }
}

/** Lets a run overtake all others: what it has in the queue, and what it will have. @throws RunHasEnded | RunNotFound */
export async function moveToFront(db: Kysely<Tables>, runId: string): Promise<void> {
  await db.transaction().execute(async (tx) => {
    const run = await lockRun(tx, runId)
    if (run.status !== 'working') throw new RunHasEnded(runId)
    const priority = (await getHighestPriority(tx, runId)) + 1
    await setPriority(tx, runId, Math.max(priority, run.priority))
    await prioritiseJobs(tx, { group: runId, priority: Math.max(priority, run.priority) })
  })
}
