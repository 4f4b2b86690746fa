import { expect, test } from 'vitest'
import { sampleProgressStep as step } from '../../../test/support/sample-progress-step.ts'
import { groupSteps } from './group-steps.ts'

test('one bar a kind, in the order of the pipeline', () => {
  const steps = [step({ kind: 'cut' }), step({ kind: 'ingest' }), step({ kind: 'cut' }), step({ kind: 'detect' })]
  expect(groupSteps({ steps, now: 20_000 }).map(({ kind, total }) => [kind, total])).toEqual([
    ['ingest', 1],
    ['detect', 1],
    ['cut', 2],
  ])
})

test('parallel steps add up, reused and failed ones are counted', () => {
  const [group] = groupSteps({
    steps: [
      step({ subject: 'clip 1', status: 'done', fraction: 1, reused: true, startedAt: 1000, finishedAt: 1100 }),
      step({ subject: 'clip 2', status: 'done', fraction: 1, finishedAt: 19_000 }),
      step({ subject: 'clip 3', fraction: 0.4 }),
      step({ subject: 'clip 4', status: 'failed', fraction: 0.1, finishedAt: 12_000 }),
      step({ subject: 'clip 5', status: 'queued', fraction: 0, startedAt: null, message: 'waiting' }),
    ],
    now: 20_000,
  })
  expect(group).toMatchObject({ status: 'working', total: 5, done: 2, reused: 1, failed: 1, finishedAt: null })
  expect(group?.fraction).toBeCloseTo(3.4 / 5)
  expect(group?.message).toBe('clip 3: encoding')
})

test.each([
  [['done', 'done'], 'done'],
  [['done', 'failed'], 'failed'],
  [['done', 'cancelled'], 'cancelled'],
  [['skipped', 'skipped'], 'cancelled'],
  [['queued', 'queued'], 'waiting'],
  [['done', 'queued'], 'working'],
  [['failed', 'working'], 'working'],
] as const)('%j together are %s', (statuses, status) => {
  const steps = statuses.map((each) => step({ status: each }))
  expect(groupSteps({ steps, now: 20_000 })[0]?.status).toBe(status)
})

test('speed is of what was worked for, against the clock', () => {
  const steps = [
    step({ mediaSeconds: 40, fraction: 0.5, startedAt: 10_000 }),
    step({ mediaSeconds: 40, status: 'done', startedAt: 10_000, finishedAt: 15_000 }),
    step({ mediaSeconds: 40, status: 'done', reused: true, startedAt: 9000, finishedAt: 9010 }),
  ]
  expect(groupSteps({ steps, now: 20_000 })[0]?.speed).toBeCloseTo(6)
  const ended = steps.map((each) => ({ ...each, status: 'done' as const, finishedAt: 14_000 }))
  expect(groupSteps({ steps: ended, now: 99_000 })[0]?.speed).toBeCloseTo(20)
})

test('no speed where it means nothing, or before it is more than noise', () => {
  expect(groupSteps({ steps: [step({ mediaSeconds: null })], now: 20_000 })[0]?.speed).toBeNull()
  expect(groupSteps({ steps: [step({ mediaSeconds: 60 })], now: 10_100 })[0]?.speed).toBeNull()
})
