import type { Kysely } from 'kysely'
import type { Tables } from '../../database/tables.ts'
import { AppError } from '../../domain/app-error.ts'
import { getOwnersOfUnfinishedRuns } from '../../library/runs.store.ts'
import { hasEnded } from '../../observability/this-process.ts'
import { livingWorkers } from '../workers/worker-presence.ts'

export class QueueFull extends AppError {
  readonly code = 'QUEUE_FULL'
  override readonly retry = 'later' as const
  constructor(most: number) {
    super(`${most} runs are waiting or under way already; no more are taken.`, {
      hint: 'Wait until some have ended, or raise MAX_QUEUE_SIZE.',
    })
  }
}

/** How full the queue is, in runs. */
export interface QueueRoom {
  /** Runs that hold a place. */
  unfinished: number
  /** MAX_QUEUE_SIZE. */
  most: number
  isFull: boolean
}

/**
 * How much room there is for new runs; `most` is `settings.MAX_QUEUE_SIZE`. While somebody works for all, every run that has not ended holds a place.
 * Else a run whose process was killed waits for its command to be given again, and holds none.
 */
export async function queueRoom(db: Kysely<Tables>, most: number): Promise<QueueRoom> {
  const [owners, workers] = await Promise.all([getOwnersOfUnfinishedRuns(db), livingWorkers(db)])
  const forAll = workers.some(({ onlyRun }) => onlyRun === null)
  const unfinished = owners.filter((owner) => forAll || (owner !== null && !hasEnded(owner))).length
  return { unfinished, most, isFull: unfinished >= most }
}

/**
 * Refuses new work when the queue is full: call it before anything is taken in that will become a run, e.g. when an upload is announced:
 * `await demandRoom(pipeline.database.kysely, settings.MAX_QUEUE_SIZE)`. What it throws leaves the web server as 429 with Retry-After by itself.
 * It holds no place: `pipeline.beginRun` asks once more, alone, when the run is begun. @throws QueueFull
 */
export async function demandRoom(db: Kysely<Tables>, most: number): Promise<void> {
  if ((await queueRoom(db, most)).isFull) throw new QueueFull(most)
}
