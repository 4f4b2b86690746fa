import { availableParallelism } from 'node:os'
import type { Settings } from '../config/settings.ts'
import type { Database } from '../database/connect.ts'
import { takeIntoUse } from '../database/take-into-use.ts'
import { type StepKind, stepKinds } from '../domain/run.ts'
import type { MediaTools } from '../media/media-tools.ts'
import type { Logger } from '../observability/logger.ts'
import { JobQueue } from '../queue/job-queue.ts'
import { beginRun, type WithRun } from './begin-run.ts'
import { cancelRun } from './cancel-run.ts'
import type { Workshop } from './carry-out-step.ts'
import { jobs } from './flow.ts'
import { recoverAbandoned } from './recover-abandoned.ts'
import type { RunSettings } from './run-settings.ts'
import type { StepHandler } from './step-context.ts'
import { clearAbandonedWorkFolders } from './work-folders.ts'
import { startWorker, type Worker, type WorkerOptions } from './workers/start-worker.ts'
import { forgetGoneWorkers } from './workers/worker-presence.ts'

/** The pipeline on its database, ready to work: what the commands stand on. */
export interface Pipeline {
  readonly database: Database
  readonly queue: JobQueue
  readonly tools: MediaTools
  readonly dataFolder: string
  /** `also` is done in the transaction that begins the run. */
  beginRun(settings: RunSettings, also?: WithRun): Promise<{ runId: string; resumed: boolean }>
  /** False when the run had ended already. */
  cancelRun(runId: string): Promise<boolean>
  /** Works on everything, or on what is chosen. */
  startWorker(choice?: WorkChoice): Promise<Worker>
  close(): Promise<void>
}

export interface WorkChoice {
  /** This run alone. */
  onlyRun?: string | undefined
  /** These kinds of steps alone. */
  kinds?: readonly StepKind[] | undefined
  /** Most steps of each kind at a time; what the machine can bear unless told. */
  atOnce?: number | undefined
  /** Called when a step is begun, and when it is out of hand again. */
  onChange?: WorkerOptions['onChange']
}

interface Parts {
  settings: Settings
  dataFolder: string
  logger: Logger
  tools: MediaTools
  /** Closed with the pipeline. */
  database: Database
  handlers: Record<StepKind, StepHandler>
}

/** Brings tables and queue up to date and frees what killed processes of this machine had held. */
export async function openPipeline({
  settings,
  dataFolder,
  logger,
  tools,
  database,
  handlers,
}: Parts): Promise<Pipeline> {
  const db = database.kysely
  const use = await takeIntoUse(database)
  const queue = new JobQueue({ db, logger, definitions: Object.values(jobs) })
  try {
    await queue.start()
    await recoverAbandoned({ db, queue, logger })
    await clearAbandonedWorkFolders(db, dataFolder)
  } catch (error) {
    await queue.stop().catch(() => undefined)
    await use[Symbol.asyncDispose]()
    throw error
  }
  const workshop: Workshop = { db, queue, handlers, tools, dataFolder, logger }
  const { connection } = database
  return {
    database,
    queue,
    tools,
    dataFolder,
    beginRun: (run, also) =>
      beginRun(db, { queue, settings: run, maxUnfinished: settings.MAX_QUEUE_SIZE, by: 'cli', also }),
    cancelRun: (runId) => cancelRun(db, queue, runId),
    startWorker: async ({ atOnce, ...choice } = {}) => {
      await forgetGoneWorkers(db)
      return startWorker(workshop, { connection, limits: limitsOf(settings, atOnce), ...choice })
    },
    close: async () => {
      await queue.stop()
      await use[Symbol.asyncDispose]()
      await database.close()
    },
  }
}

/** How many steps of each kind one process works on at a time. */
function limitsOf({ MAX_CONCURRENT_JOBS }: Settings, atOnce?: number): Record<StepKind, number> {
  if (atOnce !== undefined)
    return Object.fromEntries(stepKinds.map((kind) => [kind, atOnce])) as Record<StepKind, number>
  const cutsAtOnce = MAX_CONCURRENT_JOBS ?? Math.max(1, Math.floor(availableParallelism() / 2))
  // A detection works in threads that are limited for themselves, and may wait long for a language model.
  return { ingest: 2, transcribe: 2, analyze: 1, detect: 4, reframe: 2, cut: cutsAtOnce, conclude: 1 }
}
