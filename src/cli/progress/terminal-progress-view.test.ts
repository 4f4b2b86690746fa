import { stripVTControlCharacters } from 'node:util'
import { expect, test } from 'vitest'
import { fakeTerminal } from '../../../test/support/fake-terminal.ts'
import { sampleProgressStep as step } from '../../../test/support/sample-progress-step.ts'
import { createPaint } from '../terminal/create-paint.ts'
import { SilentProgressView } from './progress-view.ts'
import { TerminalProgressView } from './terminal-progress-view.ts'

test('draws bars with a time left, and does not draw more often than people read', () => {
  const { stream, written } = fakeTerminal(100)
  const view = new TerminalProgressView({ stream, paint: createPaint(false) })
  for (let ms = 0; ms <= 4000; ms += 10) {
    view.update({ steps: [step({ kind: 'analyze', fraction: ms / 8000, startedAt: 0 })], now: ms })
  }
  const frames = written.length
  expect(frames).toBeLessThanOrEqual(51)
  expect(stripVTControlCharacters(written.join(''))).toContain('analyze')
  expect(stripVTControlCharacters(written.at(-1) ?? '')).toContain('0:05 left')
  view.finish({ steps: [step({ kind: 'analyze', status: 'done', startedAt: 0, finishedAt: 4010 })], now: 4010 })
  expect(stripVTControlCharacters(written.slice(frames).join(''))).toContain('done in 4.0 s')
})

test('a note stays above the bars', () => {
  const { stream, written } = fakeTerminal(100)
  const view = new TerminalProgressView({ stream, paint: createPaint(false) })
  view.update({ steps: [step({})], now: 0 })
  view.note('Going on.\u001b[2J')
  view.update({ steps: [step({})], now: 1 })
  expect(written).toContain('Going on.␛[2J\n')
  expect(written.at(-1)).toContain('cut')
})

test('silent is silent', () => {
  const view = new SilentProgressView()
  expect([view.update(), view.note(), view.finish()]).toEqual([undefined, undefined, undefined])
})
