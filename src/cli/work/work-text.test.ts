import { expect, it } from 'vitest'
import type { Work, WorkItem } from '../../pipeline/control/list-work.ts'
import { createPaint } from '../terminal/create-paint.ts'
import { deadLettersText, runText, workText } from './work-text.ts'

const paint = createPaint(false)
const plain = { fraction: null, secondsLeft: null }
const item: WorkItem = {
  runId: '11111111-2222-4333-8444-555555555555',
  title: 'A talk\u001b[31m',
  recordingId: null,
  status: 'working',
  state: 'working',
  says: 'rendering 2 of 3, 71 %, 50 s left',
  fraction: 0.71,
  secondsLeft: 50,
  priority: 0,
  createdAt: new Date(0),
  place: '1970-01-01 00:00:00+00',
  finishedAt: null,
  error: null,
  done: 4,
  steps: [
    {
      ...{ stepId: 'a', kind: 'cut', subject: 2, status: 'working' },
      ...{ state: 'working', says: 'rendering, 62 %, 40 s left', fraction: 0.62, secondsLeft: 40 },
    },
    { stepId: 'b', kind: 'conclude', subject: 0, status: 'queued', state: 'waiting', says: 'waiting (next)', ...plain },
  ],
}
const work = (change: Partial<Work> = {}): Work => ({ items: [item], workers: [], paused: [], ...change })

it('shows what is under way', () => {
  expect(workText(work({ items: [{ ...item, title: 'A talk' }] }), { paint })).toEqual([
    '▶ 11111111  A talk  rendering 2 of 3, 71 %, 50 s left (4 steps done)',
    '    ▶ cut of clip 2     rendering, 62 %, 40 s left',
    '    ○ conclude          waiting (next)',
    '',
    'Nobody works now: `clipwright worker`, or `clipwright serve`.',
  ])
})

it('never passes on an escape', () => {
  expect(workText(work(), { paint }).join('\n')).not.toContain('\u001b')
})

it('says why a run failed, and at which step', () => {
  const error = { code: 'BROKEN', message: 'It is broken.', retry: 'never' as const }
  const says = 'failed: it is broken (will not retry)'
  const step = { stepId: 'a', kind: 'cut', subject: 1, status: 'failed', state: 'failed', says, ...plain } as const
  const failed: WorkItem = { ...item, ...plain, title: 'talk', status: 'failed', state: 'failed', says, error }
  expect(workText(work({ items: [{ ...failed, steps: [step] }] }), { paint }).slice(0, 2)).toEqual([
    `✗ 11111111  talk  ${says}`,
    `    ✗ cut of clip 1     ${says}`,
  ])
})

it('tells every state by its colour as well', () => {
  const coloured = createPaint(true)
  const heads = (['waiting', 'working', 'done', 'failed', 'cancelled'] as const).map(
    (state) => workText(work({ items: [{ ...item, state }] }), { paint: coloured })[0]?.split(' ')[0],
  )
  expect(new Set(heads.map((head) => head?.slice(0, 5))).size).toBe(5)
})

it('keeps many steps short, and names who works and what is paused', () => {
  const steps = Array.from({ length: 9 }, (_, i) => ({ ...item.steps[0], stepId: `${i}`, subject: i + 1 }) as never)
  const worker = {
    id: 'w',
    identity: { host: 'studio', bootId: 'b', pid: 42, startTime: '1' },
    kinds: ['cut' as const],
    limits: {},
    onlyRun: null,
    status: 'draining' as const,
    doing: [{ stepId: 'a', kind: 'cut' as const, runId: 'r' }],
    doneCount: 3,
    restarts: 0,
    shortages: [],
    loadPerCore: null,
    freeMegabytes: null,
    loopDelayMs: null,
    memoryBytes: 150_000_000,
    startedAt: new Date(0),
    beatAt: new Date(0),
  }
  const lines = workText(work({ items: [{ ...item, steps }], workers: [worker], paused: ['cut'] }), { paint })
  expect(lines).toContain('    and 3 more')
  expect(lines.slice(-2)).toEqual([
    'Paused: cut; `clipwright jobs resume cut` lets it go on',
    'Worker 42 on studio: cut, ending (takes cut; 150 MB)',
  ])
})

it('says that nothing has been run', () => {
  expect(workText(work({ items: [] }), { paint })[0]).toBe('Nothing has been run yet.')
})

const attempt = {
  attempt: 1,
  holder: { host: 'studio', bootId: 'b', pid: 42, startTime: '1' },
  error: {
    code: 'FFMPEG_FAILED',
    message: 'ffmpeg failed.',
    hint: 'Look at its last lines.',
    retry: 'later' as const,
    evidence: { command: 'ffmpeg -i a.mp4', exitCode: 1, durationSeconds: 1.25, output: 'one\n\ntwo\u001b[2J' },
  },
  startedAt: new Date(0),
  endedAt: new Date(1500),
  seconds: 1.5,
}
const evidence = [
  '      try 1, 1.5 s on studio: FFMPEG_FAILED: ffmpeg failed.',
  '        Look at its last lines.',
  '        ffmpeg -i a.mp4',
  '        ended with 1 after 1.3 s',
  '        one',
]
const failedStep = {
  stepId: 'a',
  kind: 'cut',
  subject: 1,
  status: 'failed',
  state: 'failed',
  says: 'failed: ffmpeg failed (tried once)',
  ...plain,
} as const

it('shows the evidence of every try that failed', () => {
  const { runId: id, done: _, ...same } = { ...item, title: 'talk' }
  const run = { ...same, id, momentCount: 1, duration: 60, wanted: 1, steps: [{ ...failedStep, attempts: [attempt] }] }
  const lines = runText(run, { paint })
  expect(lines.slice(0, 3)).toEqual([
    '▶ talk: rendering 2 of 3, 71 %, 50 s left',
    'run 11111111-2222-4333-8444-555555555555',
    '    ✗ cut of clip 1     failed: ffmpeg failed (tried once)',
  ])
  expect(lines.slice(3, 8)).toEqual(evidence)
  expect(lines.join('')).not.toContain('\u001b')
})

it('shows dead letters with the same evidence, and how to name them', () => {
  const letter = {
    ...{ stepId: 's-1', kind: 'cut' as const, subject: 1, runId: item.runId, title: 'talk', tries: 1 },
    ...{
      state: 'failed' as const,
      error: attempt.error,
      failedAt: new Date(0),
      place: '',
      says: failedStep.says,
      attempts: [attempt],
    },
  }
  const lines = deadLettersText([letter], { paint })
  expect(lines.slice(0, 2)).toEqual([
    '✗ talk: cut of clip 1 failed: ffmpeg failed (tried once)',
    '      step s-1 of run 11111111',
  ])
  expect(lines.slice(2, 7)).toEqual(evidence)
  expect(deadLettersText([], { paint })).toEqual(['Nothing has failed for good.'])
})
