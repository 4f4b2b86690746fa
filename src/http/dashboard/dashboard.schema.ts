import { z } from 'zod'
import { stepKinds } from '../../domain/run.ts'
import { stages } from '../../library/dashboard.store.ts'
import type { HistoryView } from './history.ts'
import type { SeenWorker, Snapshot } from './measure-dashboard.ts'
import { shareReused, units } from './series.ts'

const kind = z.enum(stepKinds)
const count = z.int().min(0)
const bytes = z.number().min(0).describe('Bytes.')
const seconds = z.number().describe('Seconds.')
const milliseconds = z.number().min(0).describe('Milliseconds.')
const share = z.number().min(0).max(1).describe('0 to 1.')
const time = z.iso.datetime()

export const dashboardQuery = z.object({
  hours: z.coerce.number().int().min(1).max(8784).default(24).describe('How many hours of history.'),
})

const worker = z.object({
  host: z.string(),
  pid: z.int(),
  state: z
    .enum(['working', 'draining', 'dead'])
    .describe('dead: its process is gone, or it has been silent for too long.'),
  onlyRun: z.uuid().nullable().describe('The one run it works on; null for all.'),
  doing: z.array(z.object({ kind, runId: z.uuid() })),
  doneCount: count.describe('Steps it has ended since it started.'),
  restarts: count,
  memoryBytes: bytes,
  loopDelayMs: milliseconds.nullable(),
  startedAt: time,
  beatAt: time.describe('When it was heard of last.'),
  silentSeconds: seconds,
})

const rate = z.object({ hour: count, day: count })

export const dashboard = z
  .object({
    takenAt: time.describe('At most ten seconds ago, unless the database is away.'),
    throughput: z.object({ recordings: rate, clips: rate }).describe('Finished in the last hour, and in the last 24.'),
    durations: z
      .array(z.object({ kind, p50: seconds.nullable(), p95: seconds.nullable(), worked: count, reused: count }))
      .describe(
        'Of the newest thousand steps of each kind, of a week; those that had their result already are counted apart.',
      ),
    stages: z
      .array(z.object({ stage: z.enum(stages), p50: seconds.nullable(), p95: seconds.nullable(), runs: count }))
      .describe('From the begin of a run until it got so far, waiting included.'),
    queue: z.array(
      z.object({
        kind,
        queued: count,
        working: count,
        failed: count.describe('Failed for good, until tried again.'),
        longestWait: seconds.nullable(),
        paused: z.boolean(),
      }),
    ),
    errors: z
      .array(
        z.object({
          code: z.string(),
          count,
          lastAt: time,
          message: z.string(),
          kind,
          runId: z.uuid(),
          run: z.string(),
        }),
      )
      .describe('Tries that failed in the last 24 hours, by code; the message, kind and run are those of the newest.'),
    storage: z.object({
      kinds: z.array(z.object({ kind: z.string(), bytes })),
      recordings: z.object({ count, bytes, seconds }),
      clips: count,
      disk: z.object({ free: bytes, total: bytes }),
    }),
    workers: z.array(worker),
    process: z.object({
      machineCpu: share,
      processCpu: z.number().min(0).describe('Busy cores, without child processes.'),
      memoryBytes: bytes,
      machineMemory: z.object({ free: bytes, total: bytes }),
      loopDelay: z.object({ p50: milliseconds, p99: milliseconds, most: milliseconds }),
    }),
    connections: z.object({
      used: count,
      idle: count,
      waiting: count,
      most: count,
      longestWaitMs: milliseconds.describe('In the last minute.'),
      server: z.object({ open: count, most: count }),
    }),
    requests: z.object({
      requests: count.describe('Since the server was started.'),
      notModified: count,
      broken: count,
      p50: milliseconds.nullable().describe('Of the newest thousand.'),
      p95: milliseconds.nullable(),
    }),
    cache: z.object({
      reusedSteps: share.nullable().describe('Of the newest steps, those that had their result already.'),
      notModified: share.nullable().describe('Of the requests, those answered 304.'),
      modelAnswers: share
        .nullable()
        .describe('Of the questions to models and services in 24 hours, those whose answer was kept.'),
    }),
    models: z
      .object({ calls: count, failed: count, usd: z.number().min(0), spared: count })
      .describe('Calls to language models and services that listen, in the last 24 hours.'),
    history: z.object({
      hours: z.int(),
      minutesPerPoint: z.int(),
      at: z.array(time),
      series: z.array(z.object({ name: z.string(), unit: z.enum(units), values: z.array(z.number().nullable()) })),
    }),
  })
  .meta({ id: 'Dashboard' })

interface Shown {
  snapshot: Snapshot
  history: HistoryView
  hours: number
}

export function toDashboard({ snapshot, history, hours }: Shown): z.infer<typeof dashboard> {
  const { takenAt, throughput, durations, stages: reached, storage, process, connections, requests, models } = snapshot
  return {
    takenAt: takenAt.toISOString(),
    throughput,
    durations,
    stages: reached,
    queue: snapshot.queue.map((each) => ({ ...each, paused: snapshot.paused.includes(each.kind) })),
    errors: snapshot.errors.map(({ lastAt, ...error }) => ({
      ...error,
      lastAt: lastAt.toISOString(),
      run: `/api/v1/runs/${error.runId}`,
    })),
    storage,
    workers: snapshot.workers.map(toWorker),
    process,
    connections,
    requests,
    cache: {
      reusedSteps: shareReused(snapshot),
      notModified: requests.requests === 0 ? null : requests.notModified / requests.requests,
      modelAnswers: models.calls + models.spared === 0 ? null : models.spared / (models.calls + models.spared),
    },
    models,
    history: { hours, ...history, at: history.at.map((at) => at.toISOString()) },
  }
}

function toWorker(seen: SeenWorker): z.infer<typeof worker> {
  const { identity, lives, status, doing, startedAt, beatAt, silentSeconds } = seen
  return {
    host: identity.host,
    pid: identity.pid,
    state: lives ? status : 'dead',
    onlyRun: seen.onlyRun,
    doing: doing.map(({ kind: of, runId }) => ({ kind: of, runId })),
    doneCount: seen.doneCount,
    restarts: seen.restarts,
    memoryBytes: seen.memoryBytes,
    loopDelayMs: seen.loopDelayMs,
    startedAt: startedAt.toISOString(),
    beatAt: beatAt.toISOString(),
    silentSeconds,
  }
}
