import { stepKinds } from '../../domain/run.ts'
import type { RequestSummary } from '../metrics/request-figures.ts'
import type { Snapshot } from './measure-dashboard.ts'

export const units = ['count', 'seconds', 'milliseconds', 'bytes', 'share'] as const
export type Unit = (typeof units)[number]

/** What is kept of every minute, by name. `queued.…` is there for each kind of step. */
export const series: Readonly<Record<string, Unit>> = {
  'recordings.perHour': 'count',
  'clips.perHour': 'count',
  'stage.transcribed': 'seconds',
  'stage.moments found': 'seconds',
  'stage.clips ready': 'seconds',
  ...Object.fromEntries(stepKinds.map((kind) => [`queued.${kind}`, 'count' as const])),
  working: 'count',
  failed: 'count',
  workers: 'count',
  'cpu.machine': 'share',
  'memory.server': 'bytes',
  'memory.workers': 'bytes',
  'memory.free': 'bytes',
  'loopDelay.p99': 'milliseconds',
  'connections.used': 'count',
  'connections.waiting': 'count',
  'connections.server': 'count',
  'connections.longestWait': 'milliseconds',
  'disk.free': 'bytes',
  'storage.renderings': 'bytes',
  'storage.database': 'bytes',
  'storage.other': 'bytes',
  'requests.perMinute': 'count',
  'requests.p95': 'milliseconds',
  'requests.notModified': 'share',
  'steps.reused': 'share',
}

/** The figures of a minute; what is not known of it is left out. `before` is the summary of requests a minute ago. */
export function figuresOf(snapshot: Snapshot, before: RequestSummary | null): Record<string, number> {
  const { throughput, queue, workers, process, connections, storage, requests } = snapshot
  const living = workers.filter(({ lives }) => lives)
  const bytesOf = (wanted: string) => storage.kinds.find(({ kind }) => kind === wanted)?.bytes
  const figures: Record<string, number | null | undefined> = {
    'recordings.perHour': throughput.recordings.hour,
    'clips.perHour': throughput.clips.hour,
    ...Object.fromEntries(snapshot.stages.map(({ stage, p50 }) => [`stage.${stage}`, p50])),
    ...Object.fromEntries(queue.map(({ kind, queued }) => [`queued.${kind}`, queued])),
    working: sum(queue.map(({ working }) => working)),
    failed: sum(queue.map(({ failed }) => failed)),
    workers: living.length,
    'cpu.machine': process.machineCpu,
    'memory.server': process.memoryBytes,
    'memory.workers': sum(living.map(({ memoryBytes }) => memoryBytes)),
    'memory.free': process.machineMemory.free,
    'loopDelay.p99': process.loopDelay.p99,
    'connections.used': connections.used,
    'connections.waiting': connections.waiting,
    'connections.server': connections.server.open,
    'connections.longestWait': connections.longestWaitMs,
    'disk.free': storage.disk.free,
    'storage.renderings': bytesOf('renderings'),
    'storage.database': bytesOf('database'),
    'storage.other': sum(
      storage.kinds.filter(({ kind }) => kind !== 'renderings' && kind !== 'database').map(({ bytes }) => bytes),
    ),
    'requests.p95': requests.p95,
    ...sinceBefore(requests, before),
    'steps.reused': shareReused(snapshot),
  }
  return Object.fromEntries(Object.entries(figures).flatMap(([name, value]) => (value == null ? [] : [[name, value]])))
}

function sinceBefore(now: RequestSummary, before: RequestSummary | null): Record<string, number> {
  if (before === null) return {}
  const requests = now.requests - before.requests
  return {
    'requests.perMinute': requests,
    ...(requests > 0 ? { 'requests.notModified': (now.notModified - before.notModified) / requests } : {}),
  }
}

/** How many of the newest steps had their result already, 0 to 1; null where nothing was done. */
export function shareReused({ durations }: Pick<Snapshot, 'durations'>): number | null {
  const reused = sum(durations.map((each) => each.reused))
  const all = reused + sum(durations.map(({ worked }) => worked))
  return all === 0 ? null : reused / all
}

export function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, each) => total + each, 0)
}
