import type { ErrorRecord } from '../../domain/app-error.ts'
import type { EndedStatus, StepKind } from '../../domain/run.ts'
import type { EventToSave } from '../../library/events.store.ts'
import type { StepState } from '../../library/steps.store.ts'
import { describeRun } from './describe-run.ts'
import { describeStep, needsTranscript } from './describe-step.ts'
import { sayFailure } from './say-failure.ts'

interface RunEnd {
  run: { id: string; recordingId: string | null; momentCount: number | null }
  status: EndedStatus
  error: ErrorRecord | null
  /** All its steps as they stand at the end. */
  steps: readonly StepState[]
}

/** That a run has ended, in the words in which it is shown: `done: 7 of 8 clips, 1 failed`. */
export function runEndedEvent({ run, status, error, steps }: RunEnd): EventToSave {
  const described = steps.map((step) => ({ ...step, queued: null, standing: describeStep({ ...step, ...unasked }) }))
  const { state, says } = describeRun({
    ...{ status, error, steps: described, momentCount: run.momentCount },
    ...{ wanted: null, secondsLeft: null },
  })
  return {
    severity: state === 'failed' ? 'error' : 'info',
    component: 'pipeline',
    name: `run.${status}`,
    message: says,
    data: { state, ...(error === null ? {} : { code: error.code }) },
    runId: run.id,
    ...(run.recordingId === null ? {} : { recordingId: run.recordingId }),
  }
}

/** That a run can't go on before there is a transcript, and what would help. */
export function runWaitsEvent({ run, error }: Pick<RunEnd, 'run' | 'error'>): EventToSave {
  return {
    severity: 'warn',
    component: 'pipeline',
    name: 'run.needs-transcript',
    message: needsTranscript,
    data: { state: 'waiting', ...(error === null ? {} : { code: error.code, hint: error.hint }) },
    runId: run.id,
    ...(run.recordingId === null ? {} : { recordingId: run.recordingId }),
  }
}

// Of steps that have ended none of this matters.
const unasked = { queued: null, isPaused: false, hasWorker: true, expectedSeconds: null }

interface StepFailure {
  step: { id: string; runId: string; kind: StepKind; subject: number; attempts: number }
  error: ErrorRecord
}

/** That a step has failed for good: it lies in the dead letters now. */
export function stepFailedEvent({ step, error }: StepFailure): EventToSave {
  const { id, runId, kind, subject, attempts } = step
  const name = subject === 0 ? kind : `${kind} of clip ${subject}`
  return {
    severity: 'error',
    component: kind,
    name: 'step.failed',
    message: `${name} failed: ${sayFailure(error, { attempts })}`,
    data: { stepId: id, subject, code: error.code, retry: error.retry, attempts },
    runId,
  }
}
