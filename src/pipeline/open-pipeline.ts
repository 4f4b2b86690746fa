import { join } from 'node:path'
import type { Settings } from '../config/settings.ts'
import type { Database } from '../database/connect.ts'
import { takeIntoUse } from '../database/take-into-use.ts'
import { type StepKind, stepKinds } from '../domain/run.ts'
import type { MediaTools } from '../media/media-tools.ts'
import { installedModels } from '../models/installed-models.ts'
import type { Logger } from '../observability/logger.ts'
import { JobQueue } from '../queue/job-queue.ts'
import { beginRun, type WithRun } from './engine/begin-run.ts'
import { cancelRun } from './engine/cancel-run.ts'
import type { Workshop } from './engine/carry-out-step.ts'
import { recoverAbandoned } from './engine/recover-abandoned.ts'
import type { StepHandler } from './engine/step-context.ts'
import { StepNotes } from './engine/step-notes.ts'
import { type WatchForWords, watchForWords } from './engine/watch-for-words.ts'
import { clearAbandonedWorkFolders } from './engine/work-folders.ts'
import { jobs } from './flow.ts'
import type { RunSettings } from './run-settings.ts'
import { Capacity } from './workers/capacity.ts'
import type { Bounds } from './workers/how-many.ts'
import { startWorker, type Worker, type WorkerOptions } from './workers/start-worker.ts'
import { costsWith } from './workers/step-costs.ts'
import { forgetGoneWorkers } from './workers/worker-presence.ts'

/** The pipeline on its database, ready to work: what the commands stand on. */
export interface Pipeline {
  readonly database: Database
  readonly queue: JobQueue
  readonly tools: MediaTools
  readonly dataFolder: string
  /**
   * `by` is who begins it, kept with the run: an account's id, `system`, or `cli` unless told (`callerId` names who asks over HTTP). `also` is done in the
   * transaction that begins it.
   */
  beginRun(settings: RunSettings, more?: { by?: string; also?: WithRun }): Promise<{ runId: string; resumed: boolean }>
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
  /** Most steps of each kind at a time; as many as the machine can bear unless told. */
  atOnce?: number | undefined
  /** How often the process that works was started anew. */
  restarts?: number | undefined
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
  /** Lets runs that wait for words go on when something new could give them; without it only an import does. */
  wayToWords?: WatchForWords['wayToWords']
}

// More connections and processes than any machine of ours could feed.
const mostOfAKind = 64

/** Brings tables and queue up to date and frees what killed processes of this machine had held. */
export async function openPipeline({
  settings,
  dataFolder,
  logger,
  tools,
  database,
  handlers,
  wayToWords,
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
  const notes = new StepNotes({ db, logger })
  const workshop: Workshop = { db, queue, notes, handlers, tools, dataFolder, logger }
  const { connection } = database
  return {
    database,
    queue,
    tools,
    dataFolder,
    beginRun: (run, { by = 'cli', also } = {}) =>
      beginRun(db, { settings: run, maxUnfinished: settings.MAX_QUEUE_SIZE, by, also }),
    cancelRun: (runId) => cancelRun(db, queue, runId),
    startWorker: async ({ atOnce, ...choice } = {}) => {
      await forgetGoneWorkers(db)
      const costs = costsWith(largestSpeechModel(join(dataFolder, 'models')))
      const capacity = new Capacity({ bounds: boundsOf(settings, atOnce), costs })
      const worker = await startWorker(workshop, { connection, ...choice, capacity })
      const isForAll = choice.onlyRun === undefined && (choice.kinds?.includes('transcribe') ?? true)
      if (wayToWords === undefined || !isForAll) return worker
      const watch = watchForWords({ db, logger, wayToWords })
      return {
        stop: async (options) => {
          await Promise.all([watch[Symbol.asyncDispose](), worker.stop(options)])
        },
      }
    },
    close: async () => {
      await queue.stop()
      await use[Symbol.asyncDispose]()
      await database.close()
    },
  }
}

/** What a person has said of how many steps of each kind one process works on at a time. */
function boundsOf({ WORKER_MIN, WORKER_MAX, MAX_CONCURRENT_JOBS }: Settings, atOnce?: number) {
  const boundsOfKind = (kind: StepKind): Bounds => ({
    least: Math.min(WORKER_MIN, atOnce ?? WORKER_MIN),
    most: atOnce ?? WORKER_MAX ?? mostOfAKind,
    wanted: atOnce ?? (kind === 'cut' ? MAX_CONCURRENT_JOBS : undefined),
  })
  return Object.fromEntries(stepKinds.map((kind) => [kind, boundsOfKind(kind)])) as Record<StepKind, Bounds>
}

/** Bytes of the largest model that may listen; 0 when there is none. */
function largestSpeechModel(folder: string): number {
  const models = installedModels(folder).filter(({ entry }) => entry.task === 'hear')
  return Math.max(0, ...models.map(({ bytes }) => bytes))
}
