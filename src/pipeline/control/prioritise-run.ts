import type { Kysely } from 'kysely'
import type { Tables } from '../../database/tables.ts'
import { AppError } from '../../domain/app-error.ts'
import { hasRunEnded } from '../../domain/run.ts'
import { getHighestPriority, lockRun, setPriority } from '../../library/runs.store.ts'
import { prioritiseJobs } from '../../queue/control-jobs.ts'

export class RunHasEnded extends AppError {
  readonly code = 'RUN_HAS_ENDED'
  constructor(id: string) {
    super(`Run ${id} has ended already.`, { hint: 'See `clipwright jobs` for what is under way.' })
  }
}

/** Lets a run overtake all others: what it has in the queue, and what it will have. Returns its priority. @throws RunHasEnded | RunNotFound */
export async function moveToFront(db: Kysely<Tables>, runId: string): Promise<number> {
  return prioritise(db, runId, async (tx, priority) => Math.max((await getHighestPriority(tx, runId)) + 1, priority))
}

/** Lets a run overtake those with a lower priority, and those with a higher one overtake it; 0 unless told. @throws RunHasEnded | RunNotFound */
export async function setRunPriority(db: Kysely<Tables>, runId: string, priority: number): Promise<number> {
  return prioritise(db, runId, async () => priority)
}

/** Highest and lowest priority that can be given by number. */
export const mostPriority = 1000

async function prioritise(
  db: Kysely<Tables>,
  runId: string,
  decide: (tx: Kysely<Tables>, before: number) => Promise<number>,
): Promise<number> {
  return db.transaction().execute(async (tx) => {
    const run = await lockRun(tx, runId)
    if (hasRunEnded(run.status)) throw new RunHasEnded(runId)
    const priority = await decide(tx, run.priority)
    await setPriority(tx, runId, priority)
    await prioritiseJobs(tx, { group: runId, priority })
    return priority
  })
}
