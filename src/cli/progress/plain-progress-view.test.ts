import { expect, test } from 'vitest'
import { sampleProgressStep as step } from '../../../test/support/sample-progress-step.ts'
import { PlainProgressView } from './plain-progress-view.ts'
import type { ProgressStep } from './progress-state.ts'

function tell(frames: ProgressStep[][]): string[] {
  const lines: string[] = []
  const view = new PlainProgressView({ write: (line) => lines.push(line) })
  const last = frames.at(-1) ?? []
  frames.forEach((steps, index) => view.update({ steps, now: 20_000 + index * 1000 }))
  view.finish({ steps: last, now: 99_000 })
  return lines
}

test('a line at the start, each quarter and the end, whatever the number of updates', () => {
  const frames = Array.from({ length: 100 }, (_, percent) => [step({ kind: 'analyze', fraction: percent / 100 })])
  const done = [step({ kind: 'analyze', status: 'done', fraction: 1, finishedAt: 12_400 })]
  expect(tell([...frames, done])).toEqual([
    'analyze: started, encoding',
    'analyze: 25%, encoding',
    'analyze: 50%, encoding',
    'analyze: 75%, encoding',
    'analyze: done in 2.4 s',
  ])
})

test('a step that was there says so, in one line', () => {
  const reused = step({ kind: 'transcribe', status: 'done', fraction: 1, reused: true, finishedAt: 10_010 })
  expect(tell([[reused]])).toEqual(['transcribe: already there'])
})

test('several of a kind', () => {
  const one = step({ subject: 'clip 1', status: 'done', reused: true, finishedAt: 11_000 })
  const two = step({ subject: 'clip 2', fraction: 0.1 })
  const failed = { ...two, status: 'failed' as const, finishedAt: 15_000 }
  expect(
    tell([
      [one, two],
      [one, failed],
    ]),
  ).toEqual(['cut 1 of 2: started, clip 2: encoding', 'cut 1 of 2: 1 of 2 failed, 1 of 2 was already there in 5.0 s'])
})

test('a second attempt starts again, what waits says nothing', () => {
  expect(tell([[step({ fraction: 0.6 })], [step({ fraction: 0 })]])).toHaveLength(2)
  expect(tell([[step({ status: 'queued', startedAt: null })]])).toEqual([])
})

test('a note is a line', () => {
  const lines: string[] = []
  new PlainProgressView({ write: (line) => lines.push(line) }).note('Going\non.')
  expect(lines).toEqual(['Going␊on.'])
})

test('no control characters', () => {
  const lines = tell([[step({ message: 'a\u001b[31m\nb' })], [step({ message: '\r\u0007', fraction: 0.9 })]])
  // oxlint-disable-next-line no-control-regex
  expect(lines.join('')).not.toMatch(/[\u0000-\u001f\u007f-\u009f]/)
  expect(lines).toHaveLength(2)
})
