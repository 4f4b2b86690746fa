import stringWidth from 'string-width'
import { expect, test } from 'vitest'
import { sampleProgressStep as step } from '../../../test/support/sample-progress-step.ts'
import { createPaint } from '../terminal/create-paint.ts'
import { groupSteps } from './group-steps.ts'
import type { ProgressStep } from './progress-state.ts'
import { renderProgress } from './render-progress.ts'

const steps = [
  step({ kind: 'ingest', status: 'done', fraction: 1, startedAt: 9000, finishedAt: 9400 }),
  step({ kind: 'transcribe', status: 'done', fraction: 1, reused: true, startedAt: 9000, finishedAt: 9001 }),
  step({ kind: 'detect', status: 'done', fraction: 1, startedAt: 8000, finishedAt: 10_300 }),
  step({ kind: 'cut', subject: 'clip 1', status: 'done', reused: true, finishedAt: 10_000 }),
  step({ kind: 'cut', subject: 'clip 2', fraction: 0.5, mediaSeconds: 42, message: 'encoding' }),
  step({ kind: 'cut', subject: 'clip 3', status: 'failed', mediaSeconds: 30, finishedAt: 12_000 }),
  step({ kind: 'conclude', status: 'queued', fraction: 0, startedAt: null, message: '' }),
]

function render(shown: ProgressStep[], width: number, { color = false, secondsLeft = 41 } = {}) {
  const lines = groupSteps({ steps: shown, now: 20_000 }).map((group) => ({ group, secondsLeft }))
  return renderProgress(lines, { width, paint: createPaint(color) })
}

test('at 80 columns', () => {
  expect(render(steps, 80)).toEqual([
    '✓ ingest      done in 0.4 s',
    '✓ transcribe  already there',
    '✓ detect      done in 2.3 s',
    '▸ cut 1 of 3  ████████████████████░░░░  83%  5.1× · 0:41 left · 1 failed',
    '· conclude    waiting',
  ])
})

test('a wide terminal has room for the message', () => {
  expect(render(steps, 120)[3]).toContain('· 1 failed · clip 2: encoding')
})

test.each([200, 120, 80, 60, 50, 40, 30, 24, 20, 12, 5, 1, 0])('no line is wider than %d columns', (width) => {
  const wide = [...steps, step({ kind: 'analyze', message: '日本語のメッセージ'.repeat(9) })]
  for (const line of render(wide, width, { color: true })) {
    expect(stringWidth(line)).toBeLessThanOrEqual(Math.max(1, width))
  }
})

test('a narrow one loses the message, then the pace, then the bar, last the percent', () => {
  const [, , , at46] = render(steps, 46)
  expect(at46).toMatch(/█.* 83%$/)
  expect(render(steps, 22)[3]).toBe('▸ cut 1 of 3   83%')
  expect(render(steps, 14)[3]).toBe('▸ cut 1 of 3')
})

test('without colour there is no escape sequence; with colour the letters are the same', () => {
  const plain = render(steps, 100)
  expect(plain.join('')).not.toContain('\u001b')
  const coloured = render(steps, 100, { color: true }).join('\n')
  expect(coloured).toContain('\u001b[32m✓')
  // oxlint-disable-next-line no-control-regex
  expect(coloured.replace(/\u001b\[\d+m/g, '')).toBe(plain.join('\n'))
})

test('100 % is only shown when it is reached', () => {
  expect(render([step({ fraction: 0.9999 })], 80)[0]).toContain(' 99%')
})

test('messages and subjects can not steer the terminal', () => {
  const hostile = [
    step({ subject: '\u001b[2Jclip', message: '\u001b]0;owned\u0007\nnext' }),
    step({ status: 'queued', subject: 'b', startedAt: null }),
    step({ kind: 'detect', status: 'queued', message: '\u001b[31mred\u009b' }),
  ]
  // oxlint-disable-next-line no-control-regex
  expect(render(hostile, 160).join('')).not.toMatch(/[\u0000-\u001f\u007f-\u009f]/)
})
