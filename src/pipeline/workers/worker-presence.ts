import { monitorEventLoopDelay } from 'node:perf_hooks'
import type { Kysely } from 'kysely'
import type { Tables } from '../../database/tables.ts'
import type { StepKind } from '../../domain/run.ts'
import type { WorkerState } from '../../domain/worker.ts'
import { type Beat, beatWorker, insertWorker, listWorkers, removeWorkers } from '../../library/workers.store.ts'
import type { Logger } from '../../observability/logger.ts'
import { hasEnded, thisProcess } from '../../observability/this-process.ts'

const beatMs = 3000
// Silent for longer, a worker of another machine counts as gone; one of ours is asked for by its process.
const silentSeconds = 15
const delayResolutionMs = 10

/** What a worker knows of itself; its process is looked at here. */
export type Health = Omit<Beat, 'memoryBytes' | 'loopDelayMs'>

interface PresenceOptions {
  db: Kysely<Tables>
  logger: Logger
  kinds: readonly StepKind[]
  onlyRun: string | null
  /** How often its process was started anew. */
  restarts: number
  look: () => Health
}

/** Makes a worker visible to others while it lives. */
export async function announceWorker(options: PresenceOptions): Promise<AsyncDisposable> {
  const { db, logger, kinds, onlyRun, restarts, look } = options
  const enter = () =>
    insertWorker(db, {
      identity: thisProcess(),
      kinds: [...kinds],
      limits: look().limits,
      onlyRun,
      restarts,
      memoryBytes: process.memoryUsage.rss(),
    })
  let id = await enter()
  const beat = async (said: Beat): Promise<void> => {
    // After a laptop has slept, others have taken us for dead.
    if (!(await beatWorker(db, id, said))) id = await enter()
  }
  const delay = monitorEventLoopDelay({ resolution: delayResolutionMs })
  delay.enable()
  let beating: Promise<void> | null = null
  const timer = setInterval(() => {
    // One at a time: while the database is slow, none takes a second connection.
    if (beating !== null) return
    const memoryBytes = process.memoryUsage.rss()
    // Nanoseconds; the pause between two looks is in them.
    const loopDelayMs = Math.max(0, delay.percentile(99) / 1e6 - delayResolutionMs)
    delay.reset()
    beating = beat({ ...look(), memoryBytes, loopDelayMs })
      .catch((error: unknown) => logger.debug({ err: error }, 'could not say that this worker is alive'))
      .finally(() => {
        beating = null
      })
  }, beatMs)
  timer.unref()
  return {
    async [Symbol.asyncDispose]() {
      clearInterval(timer)
      delay.disable()
      await beating
      await removeWorkers(db, [id]).catch(() => undefined)
    },
  }
}

/** The workers that live: of this machine those whose process runs, of others those that were heard of lately. */
export async function livingWorkers(db: Kysely<Tables>): Promise<WorkerState[]> {
  const all = await listWorkers(db)
  return all.filter((worker) => !isGone(worker))
}

/** Forgets workers that are surely gone. */
export async function forgetGoneWorkers(db: Kysely<Tables>): Promise<void> {
  const gone = (await listWorkers(db)).filter((worker) => isGone(worker))
  await removeWorkers(
    db,
    gone.map(({ id }) => id),
  )
}

function isGone({ identity, silentSeconds: silent }: WorkerState & { silentSeconds: number }): boolean {
  return hasEnded(identity) || silent > silentSeconds
}
