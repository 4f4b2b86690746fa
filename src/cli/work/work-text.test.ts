import { expect, it } from 'vitest'
import type { Work, WorkItem } from '../../pipeline/control/list-work.ts'
import { createPaint } from '../create-paint.ts'
import { runText, workText } from './work-text.ts'

const paint = createPaint(false)
const item: WorkItem = {
  runId: '11111111-2222-4333-8444-555555555555',
  title: 'A talk\u001b[31m',
  status: 'working',
  priority: 0,
  createdAt: new Date(0),
  place: '1970-01-01 00:00:00+00',
  finishedAt: null,
  error: null,
  done: 4,
  steps: [
    { stepId: 'a', kind: 'cut', subject: 2, status: 'working', says: 'rendering, 62 %, 40 s left' },
    { stepId: 'b', kind: 'conclude', subject: 0, status: 'queued', says: 'waiting (next)' },
  ],
}
const work = (change: Partial<Work> = {}): Work => ({ items: [item], workers: [], paused: [], ...change })

it('shows what is under way', () => {
  expect(workText(work({ items: [{ ...item, title: 'A talk' }] }), { paint })).toEqual([
    '… 11111111  A talk  working (4 steps done)',
    '    cut of clip 2     rendering, 62 %, 40 s left',
    '    conclude          waiting (next)',
    '',
    'Nobody works now.',
  ])
})

it('never passes on an escape', () => {
  expect(workText(work(), { paint }).join('\n')).not.toContain('\u001b')
})

it('says why a run failed, and at which step', () => {
  const error = { code: 'BROKEN', message: 'It is broken.', retry: 'never' as const }
  const steps = [{ stepId: 'a', kind: 'cut', subject: 1, status: 'failed', says: 'failed: It is broken.' }] as const
  const failed: WorkItem = { ...item, title: 'talk', status: 'failed', error, steps: [...steps] }
  expect(workText(work({ items: [failed] }), { paint }).slice(0, 2)).toEqual([
    '✗ 11111111  talk  failed: It is broken.',
    '    cut of clip 1     failed: It is broken.',
  ])
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
  expect(lines.slice(-2)).toEqual(['Paused: cut', 'Worker 42 on studio: cut, ending (takes cut; 150 MB)'])
})

it('says that nothing has been run', () => {
  expect(workText(work({ items: [] }), { paint })[0]).toBe('Nothing has been run yet.')
})

it('shows the evidence of every try that failed', () => {
  const attempt = {
    attempt: 1,
    holder: { host: 'studio', bootId: 'b', pid: 42, startTime: '1' },
    error: {
      code: 'FFMPEG_FAILED',
      message: 'ffmpeg failed.',
      hint: 'Look at its last lines.',
      retry: 'later' as const,
      evidence: { command: 'ffmpeg -i a.mp4', output: 'one\n\ntwo' },
    },
    startedAt: new Date(0),
    endedAt: new Date(1500),
    seconds: 1.5,
  }
  const step = {
    stepId: 'a',
    kind: 'cut' as const,
    subject: 1,
    status: 'failed' as const,
    says: 'failed: ffmpeg failed.',
  }
  const { runId: id, title, status, priority, createdAt, place, finishedAt, error } = { ...item, title: 'talk' }
  const run = {
    id,
    title,
    status,
    priority,
    createdAt,
    place,
    finishedAt,
    error,
    steps: [{ ...step, attempts: [attempt] }],
  }
  expect(runText(run, { paint }).slice(3)).toEqual([
    '      try 1, 1.5 s on studio: FFMPEG_FAILED: ffmpeg failed.',
    '        Look at its last lines.',
    '        ffmpeg -i a.mp4',
    '        one',
    '        two',
  ])
})
