import { expect, it } from 'vitest'
import type { ErrorRecord } from '../../domain/app-error.ts'
import type { StepState } from '../../library/steps.store.ts'
import { runEndedEvent, runWaitsEvent, stepFailedEvent } from './tell-ends.ts'

const error: ErrorRecord = { code: 'FEED_GONE', message: 'The feed answered 404.', retry: 'later' }
const missing: ErrorRecord = { code: 'TRANSCRIPT_MISSING', message: 'None.', retry: 'never' }
const run = { id: 'r', recordingId: 'rec', momentCount: 3 }
const cut = (subject: number, status: StepState['status']): StepState => ({
  ...{ id: `${subject}`, kind: 'cut', subject, status, jobId: 'j', attempts: 1, error: null, progress: null },
  ...{ reused: false, startedAt: null, finishedAt: null },
})
const steps = [cut(1, 'done'), cut(2, 'failed'), cut(3, 'done')]

it('tells how a run ended, as it is shown', () => {
  expect(runEndedEvent({ run, status: 'done', error: null, steps })).toMatchObject({
    ...{ name: 'run.done', severity: 'info', message: 'done: 2 of 3 clips, 1 failed', runId: 'r', recordingId: 'rec' },
  })
  expect(runEndedEvent({ run, status: 'failed', error, steps: [] })).toMatchObject({
    ...{ name: 'run.failed', severity: 'error', message: 'failed: the feed answered 404 (tried once)' },
    data: { state: 'failed', code: 'FEED_GONE' },
  })
  expect(runEndedEvent({ run: { ...run, recordingId: null }, status: 'cancelled', error: null, steps: [] })).toEqual({
    ...{ name: 'run.cancelled', severity: 'info', component: 'pipeline', message: 'cancelled', runId: 'r' },
    data: { state: 'cancelled' },
  })
})

it('tells which step failed for good', () => {
  const step = { id: 's', runId: 'r', kind: 'cut', subject: 2, attempts: 5 } as const
  expect(stepFailedEvent({ step, error })).toEqual({
    ...{ name: 'step.failed', severity: 'error', component: 'cut', runId: 'r' },
    message: 'cut of clip 2 failed: the feed answered 404 (tried 5 times)',
    data: { stepId: 's', subject: 2, code: 'FEED_GONE', retry: 'later', attempts: 5 },
  })
})

it('tells that a run waits for a transcript, and what would help', () => {
  expect(runWaitsEvent({ run, error: { ...missing, hint: 'Give it one.' } })).toEqual({
    ...{ name: 'run.needs-transcript', severity: 'warn', component: 'pipeline', message: 'waiting for a transcript' },
    data: { state: 'waiting', code: 'TRANSCRIPT_MISSING', hint: 'Give it one.' },
    ...{ runId: 'r', recordingId: 'rec' },
  })
})
