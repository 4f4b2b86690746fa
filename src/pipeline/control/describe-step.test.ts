import { expect, it } from 'vitest'
import { describeStep, type StepInView } from './describe-step.ts'

const now = 1_000_000
const error = { code: 'FEED_GONE', message: 'the feed answered 404', retry: 'never' as const }
const step: StepInView = {
  kind: 'cut',
  status: 'queued',
  progress: null,
  error: null,
  startedAt: null,
  queued: { ahead: 2, inSeconds: 0 },
  isPaused: false,
  hasWorker: true,
}

it.each<[string, Partial<StepInView>, string]>([
  ['others come first', {}, 'waiting (2 ahead)'],
  ['it comes next', { queued: { ahead: 0, inSeconds: 0 } }, 'waiting (next)'],
  ['its kind is paused', { isPaused: true }, 'waiting: cut is paused'],
  ['nobody takes its kind', { hasWorker: false }, 'waiting: nobody works on cut now'],
  [
    'it waits for another try',
    { error, queued: { ahead: 0, inSeconds: 11.2 } },
    'waiting 12 s to try again: the feed answered 404',
  ],
  ['its turn is near after a failure', { error }, 'waiting (2 ahead), to try again: the feed answered 404'],
  ['nothing is known yet', { status: 'working' }, 'cut: just begun'],
  [
    'it is under way',
    { status: 'working', progress: { fraction: 0.62, message: 'rendering' }, startedAt: new Date(now - 62_000) },
    'rendering, 62 %, 38 s left',
  ],
  [
    'it takes long',
    { status: 'working', progress: { fraction: 0.1, message: 'rendering' }, startedAt: new Date(now - 60_000) },
    'rendering, 10 %, 9 min left',
  ],
  [
    'too little is done to tell',
    { status: 'working', progress: { fraction: 0.01, message: '' }, startedAt: new Date(now - 60_000) },
    'cut, 1 %',
  ],
  ['it failed for good', { status: 'failed', error }, 'failed: the feed answered 404 (will not be tried again)'],
  [
    'all tries failed',
    { status: 'failed', error: { ...error, retry: 'later' } },
    'failed: the feed answered 404 (tried again in vain)',
  ],
  ['it was cancelled', { status: 'cancelled' }, 'cancelled'],
  ['it was skipped', { status: 'skipped' }, 'skipped: what it builds on failed'],
])('%s', (_, change, words) => {
  expect(describeStep({ ...step, ...change }, now)).toBe(words)
})
