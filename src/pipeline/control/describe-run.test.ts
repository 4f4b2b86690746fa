import { expect, it } from 'vitest'
import type { ErrorRecord } from '../../domain/app-error.ts'
import type { StepKind } from '../../domain/run.ts'
import { type DescribedStep, describeRun, type RunToDescribe } from './describe-run.ts'
import type { StandingState } from './standing.ts'

const error: ErrorRecord = { code: 'FEED_GONE', message: 'The feed answered 404.', retry: 'never' }
const missing: ErrorRecord = { code: 'TRANSCRIPT_MISSING', message: 'No transcript was found.', retry: 'never' }

function step(
  kind: StepKind,
  state: StandingState,
  more: Partial<DescribedStep['standing']> & { subject?: number; ahead?: number } = {},
): DescribedStep {
  const { subject = 0, ahead, ...standing } = more
  return {
    kind,
    subject,
    standing: { state, says: state, fraction: null, secondsLeft: null, ...standing },
    queued: ahead === undefined ? null : { ahead, inSeconds: 0 },
  }
}
const whole = (['ingest', 'transcribe', 'analyze', 'detect'] as const).map((kind) => step(kind, 'done'))
const cuts = (...states: StandingState[]) =>
  states.flatMap((state, i) => [
    step('reframe', 'done', { subject: i + 1 }),
    step('cut', state, { subject: i + 1, fraction: state === 'working' ? 0.5 : null }),
  ])
const run: RunToDescribe = {
  status: 'working',
  error: null,
  momentCount: null,
  wanted: 8,
  steps: [],
  secondsLeft: null,
}

it.each<[string, Partial<RunToDescribe>, StandingState, string]>([
  [
    'nothing has begun',
    { steps: [step('ingest', 'waiting', { says: 'waiting (2 ahead)', ahead: 2 })] },
    'waiting',
    'waiting (2 ahead)',
  ],
  [
    'its recording is read',
    { steps: [step('ingest', 'working', { fraction: 0.5 })] },
    'working',
    'reading the recording, 1 %',
  ],
  [
    'two things are done at once',
    {
      steps: [
        step('ingest', 'done'),
        step('transcribe', 'working', { fraction: 0.5 }),
        step('analyze', 'working', { fraction: 1 }),
      ],
    },
    'working',
    'looking and listening, 26 %',
  ],
  [
    'of two that wait one will be first',
    {
      steps: [
        step('ingest', 'done'),
        step('transcribe', 'waiting', { says: 'waiting (7 ahead)', ahead: 7 }),
        step('analyze', 'waiting', { says: 'waiting (1 ahead)', ahead: 1 }),
      ],
    },
    'waiting',
    'waiting (1 ahead)',
  ],
  [
    'a step that has begun only waits',
    { steps: [...whole.slice(0, 3), step('detect', 'waiting', { says: 'waiting for Claude: busy', fraction: 0.3 })] },
    'waiting',
    'waiting for Claude: busy',
  ],
  [
    'its clips are rendered',
    {
      momentCount: 8,
      secondsLeft: 38,
      steps: [...whole, ...cuts('done', 'done', 'working', 'waiting', 'waiting', 'waiting', 'waiting', 'waiting')],
    },
    'working',
    'rendering 3 of 8, 73 %, 40 s left',
  ],
  [
    'its last clips are rendered, and one has failed',
    { momentCount: 3, steps: [...whole, ...cuts('done', 'failed', 'working')] },
    'working',
    'rendering 3 of 3, 92 %',
  ],
  ['it is done', { status: 'done', momentCount: 8, steps: [...whole, ...cuts('done')] }, 'done', 'done: 8 clips'],
  ['it made one', { status: 'done', momentCount: 1, steps: [...whole, ...cuts('done')] }, 'done', 'done: 1 clip'],
  ['nothing was found', { status: 'done', momentCount: 0, steps: whole }, 'done', 'done: no moments were found'],
  [
    'some of it failed',
    { status: 'done', momentCount: 8, steps: [...whole, ...cuts('done', 'failed', 'failed', 'done')] },
    'done',
    'done: 6 of 8 clips, 2 failed',
  ],
  ['it failed', { status: 'failed', error }, 'failed', 'failed: the feed answered 404 (will not retry)'],
  [
    'it failed after several tries',
    {
      status: 'failed',
      error: { ...error, retry: 'later' },
      steps: [step('ingest', 'failed', { says: 'failed: the feed answered 404 (tried 5 times)' })],
    },
    'failed',
    'failed: the feed answered 404 (tried 5 times)',
  ],
  ['nobody knows why it failed', { status: 'failed' }, 'failed', 'failed: nobody knows why'],
  ['it needs a person', { status: 'needs-transcript', error: missing }, 'waiting', 'waiting for a transcript'],
  [
    'it needs one, and can do something else meanwhile',
    {
      secondsLeft: 40,
      steps: [
        step('transcribe', 'waiting', { says: 'waiting for a transcript' }),
        step('analyze', 'working', { fraction: 0.5 }),
      ],
    },
    'working',
    'looking and listening, 5 %; then waiting for a transcript',
  ],
  ['it was cancelled', { status: 'cancelled' }, 'cancelled', 'cancelled'],
])('when %s', (_, change, state, says) => {
  expect(describeRun({ ...run, ...change })).toMatchObject({ state, says })
})

it('its bar never goes back from beginning to end', () => {
  const order: [StepKind, number][] = [
    ...(['ingest', 'transcribe', 'analyze', 'detect'] as const).map((kind): [StepKind, number] => [kind, 0]),
    ...[1, 2, 3].flatMap((subject): [StepKind, number][] => [
      ['reframe', subject],
      ['cut', subject],
    ]),
    ['conclude', 0],
  ]
  let [before, steps]: [number, DescribedStep[]] = [0, []]
  for (const [kind, subject] of order) {
    for (const fraction of [0, 0.3, 1]) {
      const now = describeRun({
        ...run,
        momentCount: subject > 0 || kind === 'conclude' ? 3 : null,
        wanted: 3,
        steps: [...steps, step(kind, 'working', { subject, fraction })],
      })
      expect(now.fraction).toBeGreaterThanOrEqual(before)
      before = now.fraction ?? 0
    }
    steps = [...steps, step(kind, 'done', { subject })]
  }
  expect(before).toBeCloseTo(1, 6)
})
