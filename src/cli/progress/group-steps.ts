import { isFinal, type StepKind, stepKinds } from '../../domain/run.ts'
import type { ProgressState, ProgressStep } from './progress-state.ts'

/** All steps of one kind as a single bar. */
export interface StepGroup {
  kind: StepKind
  /** `failed` once all have ended and one failed; `working` as soon as one works. */
  status: 'waiting' | 'working' | 'done' | 'failed' | 'cancelled'
  /** 0 to 1, of all of them. */
  fraction: number
  total: number
  /** Ended well, also those whose result was there. */
  done: number
  reused: number
  failed: number
  /** What the step that works, or waits, says; with its subject when there are several. */
  message: string
  /** Milliseconds since 1970. */
  startedAt: number | null
  finishedAt: number | null
  /** Seconds of recording done for each second that passed; null where it means nothing. */
  speed: number | null
}

/** The bars to show, in the order of the pipeline. */
export function groupSteps({ steps, now }: ProgressState): StepGroup[] {
  return stepKinds.flatMap((kind) => {
    const group = steps.filter((step) => step.kind === kind)
    return group.length === 0 ? [] : [describeGroup({ kind, steps: group, now })]
  })
}

function describeGroup({ kind, steps, now }: { kind: StepKind; steps: ProgressStep[]; now: number }): StepGroup {
  const startedAt = least(steps.map((step) => step.startedAt))
  const ended = steps.every(({ status }) => isFinal(status))
  return {
    kind,
    status: statusOf(steps, ended),
    fraction: steps.reduce((sum, step) => sum + fractionOf(step), 0) / steps.length,
    total: steps.length,
    done: count(steps, ({ status }) => status === 'done'),
    reused: count(steps, ({ reused, status }) => reused && status === 'done'),
    failed: count(steps, ({ status }) => status === 'failed'),
    message: messageOf(steps),
    startedAt,
    finishedAt: ended ? greatest(steps.map((step) => step.finishedAt)) : null,
    speed: speedOf({ steps, startedAt, now }),
  }
}

function statusOf(steps: ProgressStep[], ended: boolean): StepGroup['status'] {
  const any = (status: ProgressStep['status']) => steps.some((step) => step.status === status)
  if (!ended) return any('working') || any('done') ? 'working' : 'waiting'
  if (any('failed')) return 'failed'
  return any('cancelled') || any('skipped') ? 'cancelled' : 'done'
}

function fractionOf({ status, fraction }: ProgressStep): number {
  return isFinal(status) ? 1 : Math.min(1, Math.max(0, fraction))
}

function messageOf(steps: ProgressStep[]): string {
  const speaker = steps.find(({ status }) => status === 'working') ?? steps.find(({ status }) => status === 'queued')
  if (speaker === undefined || speaker.message === '') return ''
  return steps.length > 1 && speaker.subject !== null ? `${speaker.subject}: ${speaker.message}` : speaker.message
}

/** Of what was worked for: reused results took no time and would flatter. */
function speedOf({ steps, startedAt, now }: { steps: ProgressStep[]; startedAt: number | null; now: number }) {
  const worked = steps.filter(({ reused, startedAt: start }) => !reused && start !== null)
  if (startedAt === null || worked.some(({ mediaSeconds }) => mediaSeconds === null)) return null
  const media = worked.reduce((sum, step) => sum + (step.mediaSeconds ?? 0) * fractionOf(step), 0)
  const end = worked.every(({ finishedAt }) => finishedAt !== null) ? greatest(worked.map((s) => s.finishedAt)) : now
  const first = least(worked.map((step) => step.startedAt))
  const elapsed = ((end ?? now) - (first ?? now)) / 1000
  // Under half a second a speed is noise.
  return elapsed < 0.5 || media === 0 ? null : media / elapsed
}

const count = (steps: ProgressStep[], holds: (step: ProgressStep) => boolean) => steps.filter(holds).length
const known = (times: (number | null)[]) => times.filter((time) => time !== null)
const least = (times: (number | null)[]) =>
  known(times).reduce<number | null>((a, b) => (a === null || b < a ? b : a), null)
const greatest = (times: (number | null)[]) =>
  known(times).reduce<number | null>((a, b) => (a === null || b > a ? b : a), null)
