import { describe, expect, it } from 'vitest'
import { type ErrorRecord, toErrorRecord } from '../../domain/app-error.ts'
import { type StepKind, stepKinds, stepStatuses } from '../../domain/run.ts'
import { TranscriptMissing } from '../transcribe/transcript-errors.ts'
import { describeStep, type StepInView } from './describe-step.ts'
import { standingSigns, standingStates } from './standing.ts'

const now = 1_000_000
const ago = (seconds: number) => new Date(now - 1000 * seconds)
const error: ErrorRecord = { code: 'FEED_GONE', message: 'The feed answered 404.', retry: 'never' }
const step: StepInView = {
  kind: 'cut',
  status: 'queued',
  progress: null,
  error: null,
  attempts: 0,
  reused: false,
  startedAt: null,
  queued: { ahead: 2, inSeconds: 0 },
  isPaused: false,
  hasWorker: true,
  expectedSeconds: null,
}
const working = (fraction: number, message: string, seconds = 60): Partial<StepInView> => ({
  status: 'working',
  progress: { fraction, message },
  startedAt: ago(seconds),
})
const missing = toErrorRecord(new TranscriptMissing({ name: 'talk.mp4', hasSound: true, waysOut: ['a'] }))

it.each<[string, Partial<StepInView>, string, string]>([
  ['others come first', {}, 'waiting', 'waiting (2 ahead)'],
  ['it comes next', { queued: { ahead: 0, inSeconds: 0 } }, 'waiting', 'waiting (next)'],
  ['its place is not known', { queued: null }, 'waiting', 'waiting (next)'],
  ['its kind is paused', { isPaused: true }, 'waiting', 'waiting: cut is paused'],
  ['nobody takes its kind', { hasWorker: false }, 'waiting', 'waiting: nobody works on cut now'],
  [
    'it waits for another try',
    { error: { ...error, retry: 'later' }, queued: { ahead: 0, inSeconds: 11.2 } },
    'waiting',
    'waiting 12 s to try again: the feed answered 404',
  ],
  ['its turn is near after a failure', { error }, 'waiting', 'waiting (2 ahead), to try again: the feed answered 404'],
  [
    'a person has to give something',
    { kind: 'transcribe', status: 'needs-transcript', error: missing, attempts: 1 },
    'waiting',
    'waiting for a transcript',
  ],
  [
    'it holds a place and waits for another',
    {
      kind: 'detect',
      status: 'working',
      progress: { fraction: 0.3, message: 'Claude is unavailable, using the local ranker', isWaiting: true },
      startedAt: ago(60),
    },
    'waiting',
    'waiting: Claude is unavailable, using the local ranker',
  ],
  [
    'what it waits for says so itself',
    {
      kind: 'detect',
      status: 'working',
      progress: { fraction: 0.3, message: 'waiting for Claude: its quota is used up', isWaiting: true },
      startedAt: ago(60),
    },
    'waiting',
    'waiting for Claude: its quota is used up',
  ],
  ['nothing is known yet', { status: 'working' }, 'working', 'rendering'],
  ['it is under way', working(0.62, 'rendering 3 of 8', 62), 'working', 'rendering 3 of 8, 62 %, 40 s left'],
  ['it takes long', working(0.1, 'rendering'), 'working', 'rendering, 10 %, 9 min left'],
  ['it takes very long', working(0.05, 'transcribing', 600), 'working', 'transcribing, 5 %, 3 h 10 min left'],
  ['too little is done to tell', working(0.01, ''), 'working', 'rendering, 1 %'],
  [
    'others like it are known',
    { ...working(0, 'measuring', 1), expectedSeconds: 30 },
    'working',
    'measuring, 30 s left',
  ],
  ['all is done but the end', working(1, 'making the thumbnail'), 'working', 'making the thumbnail, 99 %'],
  ['it says nonsense', working(Number.NaN, 'rendering'), 'working', 'rendering'],
  ['it says more than all', working(7, 'rendering'), 'working', 'rendering, 99 %'],
  ['it began in the future', working(0.5, 'rendering', -60), 'working', 'rendering, 50 %'],
  ['it is done', { status: 'done' }, 'done', 'done'],
  ['it was there already', { status: 'done', reused: true }, 'done', 'done: it was there already'],
  ['it failed for good', { status: 'failed', error }, 'failed', 'failed: the feed answered 404 (will not retry)'],
  [
    'all tries failed',
    { status: 'failed', attempts: 5, error: { ...error, retry: 'later' } },
    'failed',
    'failed: the feed answered 404 (tried 5 times)',
  ],
  [
    'its message begins with a path',
    { status: 'failed', error: { ...error, message: '/A/Talk.mp4 was not found.' } },
    'failed',
    'failed: /A/Talk.mp4 was not found (will not retry)',
  ],
  [
    'its message is two sentences',
    { status: 'failed', error: { ...error, message: 'Nothing was heard. The sound may be broken …' } },
    'failed',
    'failed: nothing was heard. The sound may be broken … (will not retry)',
  ],
  ['nobody knows why it failed', { status: 'failed' }, 'failed', 'failed: nobody knows why (will not retry)'],
  ['it was cancelled', { status: 'cancelled' }, 'cancelled', 'cancelled'],
  ['it was skipped', { status: 'skipped' }, 'skipped', 'skipped: what it builds on failed'],
])('when %s', (_, change, state, says) => {
  expect(describeStep({ ...step, ...change }, now)).toMatchObject({ state, says })
})

describe('every kind in every status', () => {
  const all = stepKinds.flatMap((kind) => stepStatuses.map((status) => [kind, status] as const))

  it.each(all)('%s, %s', (kind, status) => {
    const standing = describeStep(
      { ...step, kind, status, error: status === 'failed' ? error : null, attempts: 1 },
      now,
    )
    const first = standing.says.split(/[ :,(]/)[0]
    const says = {
      queued: 'waiting',
      working: first,
      'needs-transcript': 'waiting',
      done: 'done',
      failed: 'failed',
      cancelled: 'cancelled',
      skipped: 'skipped',
    }
    expect(first).toBe(says[status])
    expect(standing.state).toBe(says[status] === 'waiting' ? 'waiting' : status)
    // What is under way begins with what is done, never with the word of another state.
    if (status === 'working') expect(standingStates.map(String)).not.toContain(first)
    expect(standing.says).not.toMatch(/undefined|NaN|null/)
  })

  it('has words of its own for each kind that works', () => {
    const words = stepKinds.map((kind: StepKind) => describeStep({ ...step, kind, status: 'working' }, now).says)
    expect(new Set(words).size).toBe(stepKinds.length)
  })
})

it('has another sign for each state', () => {
  expect(new Set(Object.values(standingSigns)).size).toBe(standingStates.length)
})
