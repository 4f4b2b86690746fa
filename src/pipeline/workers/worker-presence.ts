import type { Kysely } from 'kysely'
import type { Tables } from '../../database/tables.ts'
import type { StepKind } from '../../domain/run.ts'
import type { WorkerState, WorkInHand } from '../../domain/worker.ts'
import { type Beat, beatWorker, insertWorker, listWorkers, removeWorkers } from '../../library/workers.store.ts'
import type { Logger } from '../../observability/logger.ts'
import { hasEnded, thisProcess } from '../../observability/this-process.ts'

const beatMs = 3000
// Silent for longer, a worker of another machine counts as gone; one of ours is asked for by its process.
const silentSeconds = 15

interface PresenceOptions {
  db: Kysely<Tables>
  logger: Logger
  kinds: readonly StepKind[]
  limits: Record<StepKind, number>
  onlyRun: string | null
  /** What it does at the moment. */
  look: () => { status: Beat['status']; doing: WorkInHand[]; doneCount: number }
}

/** Makes a worker visible to others while it lives. */
export async function announceWorker(options: PresenceOptions): Promise<AsyncDisposable> {
  const { db, logger, kinds, limits, onlyRun, look } = options
  const id = await insertWorker(db, {
    identity: thisProcess(),
    kinds: [...kinds],
    limits: Object.fromEntries(kinds.map((kind) => [kind, limits[kind]])),
    onlyRun,
    memoryBytes: process.memoryUsage.rss(),
  })
  let beating = Promise.resolve()
  const timer = setInterval(() => {
    beating = beatWorker(db, { id, ...look(), memoryBytes: process.memoryUsage.rss() }).catch((error: unknown) =>
      logger.debug({ err: error }, 'could not say that this worker is alive'),
    )
  }, beatMs)
  timer.unref()
  return {
    async [Symbol.asyncDispose]() {
      clearInterval(timer)
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
