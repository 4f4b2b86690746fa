import type { Kysely } from 'kysely'
import type { Tables } from '../../database/tables.ts'
import { isFinal, type StepKind, stepKinds } from '../../domain/run.ts'
import type { WorkerState } from '../../domain/worker.ts'
import { getPausedKinds } from '../../library/paused-kinds.store.ts'
import type { ListedRun } from '../../library/runs.store.ts'
import type { StepState } from '../../library/steps.store.ts'
import { getPlaces, type PlaceInQueue } from '../../queue/control-jobs.ts'
import { kindsPerMoment } from '../engine/follow.ts'
import { flow } from '../flow.ts'
import { livingWorkers } from '../workers/worker-presence.ts'
import { type DescribedStep, describeRun } from './describe-run.ts'
import { describeStep } from './describe-step.ts'
import { expectStep, type KnownPace, knownPace } from './known-pace.ts'
import { type KindAhead, timeAhead } from './run-ahead.ts'
import type { Standing } from './standing.ts'
import { timeLeft } from './time-left.ts'

/** What has to be known beside a run and its steps for saying how they stand. */
export interface QueueInView {
  paused: ReadonlySet<StepKind>
  places: ReadonlyMap<string, PlaceInQueue>
  workers: readonly WorkerState[]
  pace: KnownPace
}

/** Four queries, however much there is; three of them most of the time. */
export async function lookAtQueue(db: Kysely<Tables>): Promise<QueueInView> {
  const [paused, places, workers, pace] = await Promise.all([
    getPausedKinds(db),
    getPlaces(db),
    livingWorkers(db),
    knownPace(db),
  ])
  return { paused, places, workers, pace }
}

export interface RunStanding {
  run: Standing
  /** In the order of the steps given. */
  steps: (StepState & { standing: Standing })[]
}

/** How a run and each of its steps stand. Pure. */
export function standingOf(
  run: Pick<ListedRun, 'id' | 'status' | 'error' | 'momentCount' | 'wanted' | 'duration'>,
  steps: readonly StepState[],
  { queue, now = Date.now() }: { queue: QueueInView; now?: number },
): RunStanding {
  const expected = expectKinds(run, steps, queue)
  const described = steps.map((step) => ({
    ...step,
    queued: queue.places.get(step.jobId) ?? null,
    standing: describeStep(
      {
        ...step,
        queued: queue.places.get(step.jobId) ?? null,
        isPaused: queue.paused.has(step.kind),
        hasWorker: hasWorker(queue, { kind: step.kind, runId: run.id }),
        expectedSeconds: expected.get(step.kind) ?? null,
      },
      now,
    ),
  }))
  const secondsLeft = run.status === 'working' ? timeAhead(kindsAhead({ run, steps: described, expected, now })) : null
  return { run: describeRun({ ...run, steps: described, secondsLeft }), steps: described }
}

/** Whether anyone takes on such a step who does not just end. */
function hasWorker({ workers }: QueueInView, { kind, runId }: { kind: StepKind; runId: string }): boolean {
  return workers.some(
    ({ kinds, onlyRun, status }) =>
      status === 'working' && kinds.includes(kind) && (onlyRun === null || onlyRun === runId),
  )
}

function expectKinds(
  { duration }: Pick<ListedRun, 'duration'>,
  steps: readonly StepState[],
  { pace }: QueueInView,
): Map<StepKind, number | null> {
  return new Map(
    stepKinds.map((kind) => {
      const siblings = steps
        .filter((step) => step.kind === kind && step.status === 'done' && !step.reused)
        .flatMap(({ startedAt, finishedAt }) =>
          startedAt === null || finishedAt === null ? [] : [(finishedAt.getTime() - startedAt.getTime()) / 1000],
        )
        .filter((seconds) => seconds >= 0)
      return [kind, expectStep({ kind, duration, siblings }, pace)]
    }),
  )
}

const perMoment = kindsPerMoment(flow)

interface Ahead {
  run: Pick<ListedRun, 'momentCount' | 'wanted'>
  steps: readonly (StepState & DescribedStep)[]
  expected: ReadonlyMap<StepKind, number | null>
  now: number
}

/** What each kind of step still takes in a run; null where nobody knows. */
function kindsAhead({ run, steps, expected, now }: Ahead): Map<StepKind, KindAhead | null> {
  return new Map(
    stepKinds.map((kind) => {
      const group = steps.filter((step) => step.kind === kind)
      const whole = expected.get(kind) ?? null
      const wanted = perMoment.has(kind) ? (run.momentCount ?? run.wanted) : 1
      const missing = wanted === null ? null : Math.max(0, wanted - group.length)
      const left = [
        ...group.filter(({ status }) => !isFinal(status)).map((step) => leftOf(step, { whole, now })),
        ...(missing === null ? [null] : Array.from({ length: missing }, () => whole)),
      ]
      if (left.some((seconds) => seconds === null)) return [kind, null]
      const lanes = group.filter(({ status }) => status === 'working').length
      return [kind, { left: left.filter((seconds) => seconds !== null), lanes: Math.max(1, lanes) }]
    }),
  )
}

function leftOf(
  { standing, startedAt }: StepState & DescribedStep,
  { whole, now }: { whole: number | null; now: number },
): number | null {
  if (standing.state !== 'working' || startedAt === null) return standing.fraction === null ? whole : null
  const elapsed = (now - startedAt.getTime()) / 1000
  return timeLeft({ fraction: standing.fraction ?? 0, elapsed, expected: whole })
}
