import type { Kysely } from 'kysely'
import type { Database } from '../../database/connect.ts'
import type { Tables } from '../../database/tables.ts'
import type { StepKind } from '../../domain/run.ts'
import type { WorkerState } from '../../domain/worker.ts'
import {
  type ModelUse,
  measureConnections,
  measureDurations,
  measureErrors,
  measureModelUse,
  measureQueue,
  measureStages,
  measureThroughput,
  type QueueDepth,
  type RecentError,
  type ServerConnections,
  type StageTimes,
  type StepDurations,
  type Throughput,
} from '../../library/dashboard.store.ts'
import { getPausedKinds } from '../../library/paused-kinds.store.ts'
import { listWorkers } from '../../library/workers.store.ts'
import type { ProcessFigures, ProcessMeter } from '../../observability/process-meter.ts'
import { livingWorkers } from '../../pipeline/workers/worker-presence.ts'
import type { RequestFigures, RequestSummary } from '../metrics/request-figures.ts'
import type { StorageFigures, StorageScales } from './storage-scales.ts'

export type SeenWorker = WorkerState & { silentSeconds: number; lives: boolean }

/** Everything the dashboard shows of one moment. Times are seconds, sizes bytes, unless they say otherwise. */
export interface Snapshot {
  takenAt: Date
  throughput: Throughput
  durations: StepDurations[]
  stages: StageTimes[]
  queue: QueueDepth[]
  paused: StepKind[]
  errors: RecentError[]
  storage: StorageFigures
  workers: SeenWorker[]
  process: ProcessFigures
  connections: { used: number; idle: number; waiting: number; most: number; longestWaitMs: number } & {
    server: ServerConnections
  }
  requests: RequestSummary
  models: ModelUse
}

export interface Instruments {
  database: Pick<Database, 'pool' | 'use'>
  scales: StorageScales
  meter: ProcessMeter
  requests: RequestFigures
}

/** One query after the other: on one connection, so that looking at a busy server does not make it busier. */
export async function measureDashboard(
  db: Kysely<Tables>,
  { database, scales, meter, requests }: Instruments,
): Promise<Snapshot> {
  const { pool, use } = database
  // Before our own connection shows in it.
  const idle = pool.idleCount
  const connections = {
    used: pool.totalCount - idle,
    idle,
    waiting: pool.waitingCount,
    most: pool.options.max ?? 0,
    longestWaitMs: use.longestWait(),
  }
  return {
    takenAt: new Date(),
    throughput: await measureThroughput(db),
    durations: await measureDurations(db),
    stages: await measureStages(db),
    queue: await measureQueue(db),
    paused: [...(await getPausedKinds(db))],
    errors: await measureErrors(db),
    storage: await scales.weigh(db),
    workers: await seeWorkers(db),
    process: meter.read(),
    connections: { ...connections, server: await measureConnections(db) },
    requests: requests.summary(),
    models: await measureModelUse(db),
  }
}

// Who died longer ago is no news.
const rememberedSeconds = 24 * 3600

async function seeWorkers(db: Kysely<Tables>): Promise<SeenWorker[]> {
  const living = new Set((await livingWorkers(db)).map(({ id }) => id))
  return (await listWorkers(db))
    .map((worker) => ({ ...worker, lives: living.has(worker.id) }))
    .filter(({ lives, silentSeconds }) => lives || silentSeconds < rememberedSeconds)
}
